package mo.farol.otlp;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import mo.farol.post.Answer;
import mo.farol.post.Refusal;

/** How a client writes its requests and reads our answers. */
enum Encoding {
  JSON("application/json"),
  PROTOBUF("application/x-protobuf");

  // google.rpc.Code, which the status of a refusal carries
  private static final int INVALID_ARGUMENT = 3;
  private static final int PERMISSION_DENIED = 7;
  private static final int RESOURCE_EXHAUSTED = 8;
  private static final int UNAVAILABLE = 14;
  private static final int UNAUTHENTICATED = 16;

  private final String type;

  Encoding(String type) {
    this.type = type;
  }

  /**
   * ExportLogsServiceResponse.
   *
   * @param rejected records that were not kept
   * @param why in our own words
   */
  Answer kept(int rejected, String why) {
    if (this == JSON) {
      return Answer.json(
          200,
          rejected == 0
              ? "{}"
              : "{\"partialSuccess\":{\"rejectedLogRecords\":\"%d\",\"errorMessage\":\"%s\"}}"
                  .formatted(rejected, why));
    }
    var partial = new Message();
    if (rejected > 0) {
      var inner = new Message();
      inner.number(1, rejected);
      inner.text(2, why);
      partial.message(1, inner);
    }
    return Answer.of(200, type, partial.bytes());
  }

  /** google.rpc.Status. */
  Answer refusal(Refusal why) {
    String text = why.title() + ". " + why.detail();
    if (this == JSON) {
      String json = "{\"code\":%d,\"message\":\"%s\"}".formatted(code(why), text);
      return Answer.refusing(why, why.status(), type, json);
    }
    var status = new Message();
    status.number(1, code(why));
    status.text(2, text);
    return Answer.refusing(why, why.status(), type, status.bytes());
  }

  private static int code(Refusal why) {
    return switch (why.status()) {
      case 401 -> UNAUTHENTICATED;
      case 403 -> PERMISSION_DENIED;
      case 413, 429 -> RESOURCE_EXHAUSTED;
      case 503 -> UNAVAILABLE;
      default -> INVALID_ARGUMENT;
    };
  }

  /** A protobuf message being written. */
  static final class Message {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    void number(int field, long value) {
      varint((long) field << 3);
      varint(value);
    }

    void text(int field, String text) {
      bytes(field, text.getBytes(StandardCharsets.UTF_8));
    }

    void message(int field, Message inner) {
      bytes(field, inner.bytes());
    }

    byte[] bytes() {
      return out.toByteArray();
    }

    private void bytes(int field, byte[] value) {
      varint((long) field << 3 | 2);
      varint(value.length);
      out.write(value, 0, value.length);
    }

    private void varint(long value) {
      long left = value;
      while (left > 0x7f) {
        out.write((int) (left & 0x7f | 0x80));
        left >>>= 7;
      }
      out.write((int) left);
    }
  }
}
