package mo.farol.splunk;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.LongSupplier;
import mo.farol.post.BodyFramer;
import mo.farol.post.Call;
import mo.farol.post.Collected;
import mo.farol.post.Ending;
import mo.farol.post.Reception;
import mo.farol.wire.FrameSink;
import org.jspecify.annotations.Nullable;

/**
 * Lines of raw text. What the query says of them (host, source, sourcetype, index, time) stands as
 * a JSON object on a line of its own before each; of what is longer than 1 KiB in all, what fits.
 */
final class HecRaw implements Reception, FrameSink {
  private static final String[] ABOUT = {"time", "host", "source", "sourcetype", "index"};
  private static final int MOST_HEAD_BYTES = 1024;

  private final Collected frames = new Collected();
  private final BodyFramer framer;
  private final byte[] head;
  private byte[] piece = {};
  private final @Nullable LongSupplier ackIds;

  /**
   * @param ackIds gives the channel's next id; null without a channel
   */
  HecRaw(int frameLimit, Call call, @Nullable LongSupplier ackIds) {
    byte[] said = head(call);
    this.head = said.length > frameLimit / 2 ? new byte[0] : said;
    this.framer = BodyFramer.ofLines(frameLimit - head.length, this);
    this.ackIds = ackIds;
  }

  @Override
  public void take(byte[] bytes, int from, int to) {
    framer.take(bytes, from, to);
  }

  @Override
  public void frame(byte[] bytes, int from, int to, byte mark) {
    if (head.length == 0) {
      frames.frame(bytes, from, to, mark);
      return;
    }
    int length = head.length + to - from;
    if (piece.length < length) {
      piece = new byte[length * 2];
      System.arraycopy(head, 0, piece, 0, head.length);
    }
    System.arraycopy(bytes, from, piece, head.length, to - from);
    frames.frame(piece, 0, length, mark);
  }

  @Override
  public long held() {
    return frames.held();
  }

  @Override
  public Ending end() {
    framer.end();
    return frames.count() == 0
        ? new Ending.Done(HecCode.NO_DATA.refusing())
        : frames.kept(head.length == 0 ? "" : "hec.raw", (first, batch) -> HecEvents.kept(ackIds));
  }

  private static byte[] head(Call call) {
    var json = new ByteArrayOutputStream();
    for (String name : ABOUT) {
      byte[] member = member(name, call.parameter(name), json.size() == 0 ? '{' : ',');
      if (json.size() + member.length <= MOST_HEAD_BYTES) {
        json.writeBytes(member);
      }
    }
    if (json.size() > 0) {
      json.write('}');
      json.write('\n');
    }
    return json.toByteArray();
  }

  private static byte[] member(String name, String value, char before) {
    if (value.isEmpty()) {
      return new byte[0];
    }
    var json = new StringBuilder().append(before).append('"').append(name).append("\":\"");
    value.chars().forEach(c -> escaped(c, json));
    return json.append('"').toString().getBytes(StandardCharsets.UTF_8);
  }

  private static void escaped(int c, StringBuilder json) {
    if (c < ' ') {
      json.append("\\u%04x".formatted(c));
    } else {
      json.append(c == '"' || c == '\\' ? "\\" : "").append((char) c);
    }
  }
}
