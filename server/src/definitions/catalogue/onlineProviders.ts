// Registration of online providers in the current API: section 1.10 of docs/featureform.md.

import type { Table } from './facts';

const described = 'description: str = "", team: str = "", tags: list of str = [], properties: dict of str = {}';

export const onlineProviders: Table = {
  register_redis: {
    era: 'current',
    signature: `name: str, host: str, port: int = 6379, db: int = 0, password: str = "", ${described}`,
    returns: 'OnlineProvider',
    summary: 'Registers Redis as an online store.',
  },
  register_dynamodb: {
    era: 'current',
    signature: `name: str, credentials: AWSStaticCredentials | AWSAssumeRoleCredentials, region: str, ${described}, table_tags: dict of str = None, *, should_import_from_s3: bool = False`,
    returns: 'OnlineProvider',
    summary: 'Registers DynamoDB as an online store.',
  },
  register_cassandra: {
    era: 'current',
    signature: `name: str, host: str, port: int, username: str, password: str, keyspace: str, consistency: str = "THREE", replication: int = 3, ${described}`,
    returns: 'OnlineProvider',
    summary: 'Registers Cassandra as an online store.',
  },
  register_firestore: {
    era: 'current',
    signature: `name: str, collection: str, project_id: str, credentials: GCPCredentials, credentials_path: str = "", ${described}`,
    returns: 'OnlineProvider',
    summary: 'Registers Firestore as an online store.',
  },
  register_mongodb: {
    era: 'current',
    signature: `name: str, username: str, password: str, database: str, host: str, port: str, throughput: int = 1000, ${described}`,
    returns: 'OnlineProvider',
    summary: 'Registers MongoDB as an online store.',
  },
  register_pinecone: {
    signature: `name: str, project_id: str, environment: str, api_key: str, ${described}`,
    returns: 'OnlineProvider',
    summary: 'Registers Pinecone as a vector database.',
  },
  register_weaviate: {
    signature: `name: str, url: str, api_key: str, ${described}`,
    returns: 'OnlineProvider',
    summary: 'Registers Weaviate as a vector database.',
  },
};
