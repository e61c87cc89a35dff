package mo.farol.otlp;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import mo.farol.event.FrameBatch;
import mo.farol.post.Answer;
import mo.farol.post.Ending;
import mo.farol.post.Reception;
import mo.farol.post.Refusal;
import org.jspecify.annotations.Nullable;

/**
 * The body of an export request: held whole, then taken apart. What one append can't hold follows
 * in up to seven more, for an exporter does not send again what it is told was rejected; only what
 * is beyond those is.
 */
final class OtlpBody implements Reception {
  static final int MOST_PARTS = 8;
  private static final String TOO_MUCH = "send fewer records at once";

  private final int frameLimit;
  private final Encoding encoding;
  private byte[] body = new byte[8192];
  private int length;

  OtlpBody(int frameLimit, Encoding encoding) {
    this.frameLimit = frameLimit;
    this.encoding = encoding;
  }

  @Override
  public void take(byte[] bytes, int from, int to) {
    int more = to - from;
    if (length + more > body.length) {
      body = Arrays.copyOf(body, Math.max(length + more, body.length * 2));
    }
    System.arraycopy(bytes, from, body, length, more);
    length += more;
  }

  @Override
  public long held() {
    return body.length;
  }

  @Override
  public Ending end() {
    var records = new Records(frameLimit, 0);
    if (!split(records)) {
      return new Ending.Refused(
          Refusal.brokenBody("This is no ExportLogsServiceRequest in the encoding it names."));
    }
    return records.frames().count() == 0
        ? new Ending.Done(encoding.kept(0, TOO_MUCH))
        : keep(records, List.of());
  }

  private boolean split(Records records) {
    return encoding == Encoding.JSON
        ? new JsonSplit(records).split(body, length)
        : new ProtobufSplit(records).split(body, length);
  }

  /**
   * @param before how many records each part before this one held
   */
  private Ending.Keep keep(Records records, List<Integer> before) {
    int count = records.frames().count();
    return records.frames().kept("otlp", new Part(before, count, records.left()));
  }

  private Records from(int first) {
    var records = new Records(frameLimit, first);
    split(records);
    return records;
  }

  /** One append of the request. */
  private final class Part implements Ending.Kept {
    private final List<Integer> before;
    private final int count;
    private final int left;

    Part(List<Integer> before, int count, int left) {
      this.before = before;
      this.count = count;
      this.left = left;
    }

    @Override
    public boolean hasMore() {
      return left > 0 && before.size() + 1 < MOST_PARTS;
    }

    @Override
    public Ending.@Nullable Keep more() {
      if (!hasMore()) {
        return null;
      }
      var parts = new ArrayList<>(before);
      parts.add(count);
      return keep(from(sum(parts)), parts);
    }

    @Override
    public void before(Consumer<Ending.Keep> each) {
      for (int i = 0; i < before.size(); i++) {
        var earlier = before.subList(0, i);
        each.accept(keep(from(sum(earlier)), earlier));
      }
    }

    @Override
    public int rejected() {
      return left;
    }

    @Override
    public Answer answer(long first, FrameBatch frames) {
      return encoding.kept(left, TOO_MUCH);
    }
  }

  private static int sum(List<Integer> counts) {
    return counts.stream().mapToInt(Integer::intValue).sum();
  }
}
