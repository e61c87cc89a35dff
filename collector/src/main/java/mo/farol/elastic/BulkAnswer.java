package mo.farol.elastic;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import mo.farol.event.FrameBatch;
import mo.farol.post.Answer;
import mo.farol.post.Refusal;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a bulk request: an item an action, in order. The actions are read again from the
 * kept frames, so that nothing but the frames is held until they are on disk; those that were not
 * taken follow, each with 429, whatever {@code filter_path} asked for. Beyond 4 MiB an item is its
 * status alone, and a name longer than Elasticsearch takes is not repeated.
 */
final class BulkAnswer {
  private static final int FULL_BYTES = 4 << 20;
  private static final int FIRST_BYTES = 256 << 10;
  // An id may have 512 bytes, an index 255; quotes and escapes come on top.
  private static final int NAME_BYTES = 1024;
  private static final Refusal TOO_MANY =
      new Refusal(429, "items", "Too many items", "Send at most 100,000 items at once.");
  private static final byte[][] BRIEF = items("{\"%s\":{\"status\":%d}}");
  private static final byte[][] LATER =
      items(
          "{\"%s\":{\"status\":429,\"error\":{\"type\":\"es_rejected_execution_exception\",\"reason\":\"at"
              + " most 100,000 items at once\"}}}");
  private static final byte[][] BRIEF_LATER = items("{\"%s\":{\"status\":429}}");
  private static final byte[] INDEX = bytes("\":{\"_index\":");
  private static final byte[] ID = bytes(",\"_id\":");

  private final String index;
  private final Filter filter;
  private final BulkAction action = new BulkAction();

  /**
   * @param index of actions that name none
   */
  BulkAnswer(String index, Filter filter) {
    this.index = index;
    this.filter = filter;
  }

  Answer empty() {
    return Answer.json(200, head(false) + (filter.hasItems() ? comma() + "\"items\":[]}" : "}"));
  }

  /**
   * @param rest ordinals of the kinds of the actions that follow the kept ones and were not taken
   * @param fault what could not be read of the body and is kept as sent, or null
   */
  Answer of(long first, FrameBatch frames, byte[] rest, @Nullable Refusal fault) {
    var why = rest.length > 0 ? TOO_MANY : fault;
    var shown = rest.length > 0 ? new BulkAnswer(index, filter.withStatus()) : this;
    byte[] json = shown.json(first, frames, rest);
    return why == null
        ? Answer.json(200, json)
        : Answer.refusing(why, 200, "application/json", json);
  }

  private byte[] json(long first, FrameBatch frames, byte[] rest) {
    var out =
        new ByteArrayOutputStream(
            Math.min(FIRST_BYTES, 64 + frames.count() * (filter.isFull() ? 160 : 28)));
    put(out, bytes(head(rest.length > 0)));
    if (filter.hasItems()) {
      put(out, bytes(comma() + "\"items\":["));
      items(first, frames, out);
      later(rest, out);
      out.write(']');
    }
    out.write('}');
    return out.toByteArray();
  }

  private String head(boolean hasErrors) {
    String took = filter.took() ? "\"took\":1" : "";
    String errors = filter.errors() ? "\"errors\":" + hasErrors : "";
    return "{" + took + (took.isEmpty() || errors.isEmpty() ? "" : ",") + errors;
  }

  private String comma() {
    return filter.took() || filter.errors() ? "," : "";
  }

  private void items(long first, FrameBatch frames, ByteArrayOutputStream out) {
    byte[] b = frames.bytes();
    boolean some = false;
    for (int i = 0; i < frames.count(); i++) {
      int end = lineEnd(b, frames.start(i), frames.end(i));
      var kind = action.read(b, frames.start(i), end);
      if (kind != null) {
        if (some) {
          out.write(',');
        }
        item(kind, b, first + i, out);
        some = true;
      }
    }
  }

  // There are none without kept ones before them.
  private static void later(byte[] rest, ByteArrayOutputStream out) {
    for (byte kind : rest) {
      out.write(',');
      put(out, (out.size() > FULL_BYTES ? BRIEF_LATER : LATER)[kind]);
    }
  }

  private void item(BulkAction.Kind kind, byte[] b, long sequence, ByteArrayOutputStream out) {
    if (!filter.isFull() || out.size() > FULL_BYTES) {
      put(out, BRIEF[kind.ordinal()]);
      return;
    }
    put(out, bytes("{\"" + kind.word()));
    put(out, INDEX);
    if (action.hasIndex() && action.indexTo() - action.indexFrom() <= NAME_BYTES) {
      out.write(b, action.indexFrom(), action.indexTo() - action.indexFrom());
    } else {
      put(out, bytes("\"" + index + "\""));
    }
    put(out, ID);
    if (action.hasId() && action.idTo() - action.idFrom() <= NAME_BYTES) {
      out.write(b, action.idFrom(), action.idTo() - action.idFrom());
    } else {
      put(out, bytes("\"" + sequence + "\""));
    }
    put(
        out,
        bytes(
            ",\"_version\":1,\"result\":\"%s\",\"_shards\":{\"total\":1,\"successful\":1,\"failed\":0},\"_seq_no\":%d,\"_primary_term\":1,\"status\":%d}}"
                .formatted(kind.result, sequence, kind.status)));
  }

  // An item of each kind that says no more than what it is and its status.
  private static byte[][] items(String shape) {
    var kinds = BulkAction.Kind.values();
    byte[][] items = new byte[kinds.length][];
    for (int i = 0; i < kinds.length; i++) {
      items[i] = bytes(String.format(Locale.ROOT, shape, kinds[i].word(), kinds[i].status));
    }
    return items;
  }

  private static int lineEnd(byte[] b, int from, int to) {
    int at = from;
    while (at < to && b[at] != '\n') {
      at++;
    }
    return at;
  }

  private static void put(ByteArrayOutputStream out, byte[] bytes) {
    out.write(bytes, 0, bytes.length);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
