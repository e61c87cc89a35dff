package mo.farol.otlp;

import mo.farol.parse.Protobuf;

/**
 * Takes an ExportLogsServiceRequest in protobuf apart (opentelemetry/proto/logs/v1). Resource and
 * scope may stand behind what belongs to them: each message is read twice.
 */
final class ProtobufSplit {
  // Field numbers are the same on each level: the thing itself, what it holds, its schema.
  private static final int SELF = 1;
  private static final int HOLDS = 2;
  private static final int SCHEMA = 3;

  /** A resource or a scope: where it and its schema stand. */
  private static final class Part {
    private int from;
    private int to;
    private int schemaFrom;
    private int schemaTo;

    // False where the message is broken.
    boolean find(Protobuf reader, byte[] b, int start, int end) {
      from = -1;
      schemaFrom = -1;
      reader.enter(b, start, end);
      while (reader.next()) {
        if (reader.is(SELF, Protobuf.LENGTH)) {
          from = reader.from();
          to = reader.to();
        } else if (reader.is(SCHEMA, Protobuf.LENGTH)) {
          schemaFrom = reader.from();
          schemaTo = reader.to();
        }
      }
      return !reader.isBroken();
    }

    long length() {
      return (from < 0 ? 0 : field(to - from))
          + (schemaFrom < 0 ? 0 : field(schemaTo - schemaFrom));
    }
  }

  private final Records records;
  private final Protobuf request = new Protobuf();
  private final Protobuf groups = new Protobuf();
  private final Protobuf logs = new Protobuf();
  private final Protobuf finder = new Protobuf();
  private final Part resource = new Part();
  private final Part scope = new Part();
  private final byte[] number = new byte[10];
  private byte[] body = {};

  ProtobufSplit(Records records) {
    this.records = records;
  }

  /** False where the body is broken. */
  boolean split(byte[] b, int length) {
    body = b;
    request.enter(b, 0, length);
    while (request.next()) {
      if (request.is(SELF, Protobuf.LENGTH) && !resourceLogs(request.from(), request.to())) {
        return false;
      }
    }
    return !request.isBroken();
  }

  private boolean resourceLogs(int from, int to) {
    if (!resource.find(finder, body, from, to)) {
      return false;
    }
    groups.enter(body, from, to);
    while (groups.next()) {
      if (groups.is(HOLDS, Protobuf.LENGTH) && !scopeLogs(groups.from(), groups.to())) {
        return false;
      }
    }
    return true;
  }

  private boolean scopeLogs(int from, int to) {
    if (!scope.find(finder, body, from, to)) {
      return false;
    }
    logs.enter(body, from, to);
    while (logs.next()) {
      if (logs.is(HOLDS, Protobuf.LENGTH)) {
        record(logs.from(), logs.to());
      }
    }
    return true;
  }

  // resource_logs { resource, scope_logs { scope, log_records, schema_url }, schema_url }
  private void record(int from, int to) {
    long inScope = scope.length() + field(to - from);
    long inResource = resource.length() + field(inScope);
    records.begin();
    head(SELF, inResource);
    part(SELF, resource.from, resource.to);
    head(HOLDS, inScope);
    part(SELF, scope.from, scope.to);
    part(HOLDS, from, to);
    part(SCHEMA, scope.schemaFrom, scope.schemaTo);
    part(SCHEMA, resource.schemaFrom, resource.schemaTo);
    records.end();
  }

  private void part(int field, int from, int to) {
    if (from >= 0) {
      head(field, to - from);
      records.add(body, from, to);
    }
  }

  private void head(int field, long length) {
    number[0] = (byte) (field << 3 | Protobuf.LENGTH);
    int n = 1;
    long left = length;
    while (left > 0x7f) {
      number[n++] = (byte) (left & 0x7f | 0x80);
      left >>>= 7;
    }
    number[n++] = (byte) left;
    records.add(number, 0, n);
  }

  // Bytes of a field with its tag and its length.
  private static long field(long length) {
    int n = 2;
    for (long left = length; left > 0x7f; left >>>= 7) {
      n++;
    }
    return n + length;
  }
}
