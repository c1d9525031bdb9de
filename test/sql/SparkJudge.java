// Spark's own SQL parser, asked from outside: each line of the input is a JSON array of texts, each line of the output the array of
// its verdicts. Compiled when it starts by the Java compiler that Spark brings along (Janino), hence the plain old Java: no lambdas,
// no type parameters. Ends with its input.

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.reflect.Field;
import java.util.Map;
import org.antlr.v4.runtime.atn.PredictionContextCache;
import org.apache.spark.sql.catalyst.parser.ParseException;
import org.apache.spark.sql.catalyst.parser.SqlBaseParser;
import org.apache.spark.sql.execution.SparkSqlParser;

public class SparkJudge {
  private static final ObjectMapper mapper = new ObjectMapper();
  private static final SparkSqlParser parser = new SparkSqlParser();

  /** Spark's parser learns from each text and forgets nothing; after so many, what it knows fills the memory. */
  private static final int textsToRemember = 3000;
  private static int texts = 0;

  public static void main(String[] args) throws Exception {
    PrintStream output = new PrintStream(System.out, true, "UTF-8");
    // What Spark and its libraries print is no verdict.
    System.setOut(System.err);
    BufferedReader input = new BufferedReader(new InputStreamReader(System.in, "UTF-8"));
    String line;
    while ((line = input.readLine()) != null) {
      String[] batch = (String[]) mapper.readValue(line, String[].class);
      ArrayNode verdicts = mapper.createArrayNode();
      for (int i = 0; i < batch.length; i++) verdicts.add(judge(batch[i]));
      output.println(mapper.writeValueAsString(verdicts));
    }
  }

  private static ObjectNode judge(String text) {
    final ObjectNode verdict = mapper.createObjectNode();
    try {
      parser.parse(text, new scala.runtime.AbstractFunction1() {
        public Object apply(Object base) {
          if (++texts % textsToRemember == 0) forget((SqlBaseParser) base);
          SqlBaseParser.SingleStatementContext tree = ((SqlBaseParser) base).singleStatement();
          // The grammar's alternative that the text is a statement of.
          String name = tree.statement().getClass().getSimpleName();
          verdict.put("statement", name.equals("StatementDefaultContext") ? "query" : name.replace("Context", ""));
          return parser.astBuilder().visitSingleStatement(tree);
        }
      });
      return verdict;
    } catch (Throwable error) {
      return describe(verdict, verdict.has("statement") ? "builder" : "grammar", error, text);
    }
  }

  private static void forget(SqlBaseParser base) {
    base.getInterpreter().clearDFA();
    try {
      Field shared = SqlBaseParser.class.getDeclaredField("_sharedContextCache");
      Field cache = PredictionContextCache.class.getDeclaredField("cache");
      shared.setAccessible(true);
      cache.setAccessible(true);
      ((Map) cache.get(shared.get(null))).clear();
    } catch (Exception error) {
      throw new IllegalStateException(error);
    }
  }

  private static ObjectNode describe(ObjectNode verdict, String stage, Throwable error, String text) {
    ObjectNode problem = verdict.putObject("problem");
    problem.put("stage", stage);
    if (!(error instanceof ParseException)) {
      problem.put("errorClass", error.getClass().getName()).put("message", String.valueOf(error.getMessage()));
      return verdict;
    }
    ParseException refusal = (ParseException) error;
    problem.put("errorClass", refusal.getErrorClass()).put("message", firstLine(refusal.message()));
    Object near = refusal.getMessageParameters().get("error");
    if (near != null) problem.put("near", near.toString());
    if (refusal.line().isDefined() && refusal.startPosition().isDefined()) {
      int row = ((Integer) refusal.line().get()).intValue();
      int column = ((Integer) refusal.startPosition().get()).intValue();
      problem.put("offset", offsetOf(text, row, column));
    }
    return verdict;
  }

  private static String firstLine(String message) {
    int end = message.indexOf('\n');
    return end < 0 ? message : message.substring(0, end);
  }

  /** Spark counts lines from one, and whole characters in them; texts here count in UTF-16. */
  private static int offsetOf(String text, int row, int column) {
    int start = 0;
    for (int i = 1; i < row; i++) start = text.indexOf('\n', start) + 1;
    return text.offsetByCodePoints(start, Math.min(column, text.codePointCount(start, text.length())));
  }
}
