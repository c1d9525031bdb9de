SELECT /*+ broadcast(t), */ 1;
