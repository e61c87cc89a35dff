package mo.farol.otlp;

import java.nio.charset.StandardCharsets;
import mo.farol.parse.JsonScan;
import mo.farol.parse.JsonWalk;

/** Takes an ExportLogsServiceRequest in JSON apart, each part as it is written. */
final class JsonSplit {
  private static final byte[] RESOURCE_LOGS = bytes("resourceLogs");
  private static final byte[] SCOPE_LOGS = bytes("scopeLogs");
  private static final byte[] LOG_RECORDS = bytes("logRecords");
  private static final byte[] RESOURCE = bytes("resource");
  private static final byte[] SCOPE = bytes("scope");
  private static final byte[] SCHEMA = bytes("schemaUrl");

  private static final byte[] BEGIN = bytes("{\"resourceLogs\":[{");
  private static final byte[] RESOURCE_IS = bytes("\"resource\":");
  private static final byte[] SCOPES = bytes("\"scopeLogs\":[{");
  private static final byte[] SCOPE_IS = bytes("\"scope\":");
  private static final byte[] LOGS = bytes("\"logRecords\":[");
  private static final byte[] LOGS_END = bytes("]");
  private static final byte[] SCHEMA_IS = bytes(",\"schemaUrl\":");
  private static final byte[] SCOPES_END = bytes("}]");
  private static final byte[] END = bytes("}]}");
  private static final byte[] COMMA = bytes(",");

  /** A member of an object: where its value stands. */
  private static final class Part {
    private int from;
    private int to;

    void find(JsonWalk walk, byte[] b, int start, int end, byte[] key) {
      from = -1;
      boolean entered = walk.enter(b, start, end);
      while (entered && walk.next()) {
        if (walk.isKey(key)) {
          from = walk.from();
          to = walk.to();
        }
      }
    }
  }

  private final Records records;
  private final JsonWalk finder = new JsonWalk();
  private final JsonWalk groups = new JsonWalk();
  private final JsonWalk scopes = new JsonWalk();
  private final JsonWalk logs = new JsonWalk();
  private final Part list = new Part();
  private final Part resource = new Part();
  private final Part resourceSchema = new Part();
  private final Part scope = new Part();
  private final Part scopeSchema = new Part();
  private byte[] body = {};

  JsonSplit(Records records) {
    this.records = records;
  }

  /** False where the body is broken. */
  boolean split(byte[] b, int length) {
    body = b;
    int start = JsonScan.skip(b, 0, length);
    if (start == length || b[start] != '{' || !new JsonScan().isValue(b, 0, length)) {
      return false;
    }
    if (enter(groups, start, length, RESOURCE_LOGS)) {
      while (groups.next()) {
        resourceLogs(groups.from(), groups.to());
      }
    }
    return true;
  }

  private void resourceLogs(int from, int to) {
    resource.find(finder, body, from, to, RESOURCE);
    resourceSchema.find(finder, body, from, to, SCHEMA);
    if (enter(scopes, from, to, SCOPE_LOGS)) {
      while (scopes.next()) {
        scopeLogs(scopes.from(), scopes.to());
      }
    }
  }

  private void scopeLogs(int from, int to) {
    scope.find(finder, body, from, to, SCOPE);
    scopeSchema.find(finder, body, from, to, SCHEMA);
    if (enter(logs, from, to, LOG_RECORDS)) {
      while (logs.next()) {
        record(logs.from(), logs.to());
      }
    }
  }

  // Enters the array that is a member of the object; false where there is none.
  private boolean enter(JsonWalk walk, int from, int to, byte[] key) {
    list.find(finder, body, from, to, key);
    return list.from >= 0 && body[list.from] == '[' && walk.enter(body, list.from, list.to);
  }

  private void record(int from, int to) {
    records.begin();
    records.add(BEGIN);
    if (resource.from >= 0) {
      records.add(RESOURCE_IS);
      records.add(body, resource.from, resource.to);
      records.add(COMMA);
    }
    records.add(SCOPES);
    if (scope.from >= 0) {
      records.add(SCOPE_IS);
      records.add(body, scope.from, scope.to);
      records.add(COMMA);
    }
    records.add(LOGS);
    records.add(body, from, to);
    records.add(LOGS_END);
    schema(scopeSchema);
    records.add(SCOPES_END);
    schema(resourceSchema);
    records.add(END);
    records.end();
  }

  private void schema(Part schema) {
    if (schema.from >= 0) {
      records.add(SCHEMA_IS);
      records.add(body, schema.from, schema.to);
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
