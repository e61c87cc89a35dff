package mo.farol.elastic;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import mo.farol.event.FrameBatch;
import mo.farol.post.Answer;

/**
 * The answer to a bulk request: an item an action, in order. The actions are read again from the
 * kept frames, so that nothing but the frames is held until they are on disk. Beyond 4 MiB an item
 * is its status alone, and a name longer than Elasticsearch takes is not repeated.
 */
final class BulkAnswer {
  private static final int FULL_BYTES = 4 << 20;
  private static final int FIRST_BYTES = 256 << 10;
  // An id may have 512 bytes, an index 255; quotes and escapes come on top.
  private static final int NAME_BYTES = 1024;
  private static final byte[][] BRIEF = brief();
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
    return Answer.json(200, head() + (filter.hasItems() ? comma() + "\"items\":[]}" : "}"));
  }

  Answer of(long first, FrameBatch frames) {
    var out =
        new ByteArrayOutputStream(
            Math.min(FIRST_BYTES, 64 + frames.count() * (filter.isFull() ? 160 : 28)));
    put(out, bytes(head()));
    if (filter.hasItems()) {
      put(out, bytes(comma() + "\"items\":["));
      items(first, frames, out);
      out.write(']');
    }
    out.write('}');
    return Answer.json(200, out.toByteArray());
  }

  private String head() {
    String took = filter.took() ? "\"took\":1" : "";
    String errors = filter.errors() ? "\"errors\":false" : "";
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

  // The items of an answer that wants no more than each status.
  private static byte[][] brief() {
    var kinds = BulkAction.Kind.values();
    byte[][] items = new byte[kinds.length][];
    for (int i = 0; i < kinds.length; i++) {
      items[i] = bytes("{\"%s\":{\"status\":%d}}".formatted(kinds[i].word(), kinds[i].status));
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
