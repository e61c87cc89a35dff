package mo.farol.otlp;

import java.util.Arrays;
import mo.farol.post.Collected;
import mo.farol.post.Ending;
import mo.farol.post.Reception;
import mo.farol.post.Refusal;

/** The body of an export request: held whole, then taken apart. */
final class OtlpBody implements Reception {
  private static final String TOO_MUCH = "send fewer records at once";

  private final Encoding encoding;
  private final Collected frames = new Collected();
  private final Records records;
  private byte[] body = new byte[8192];
  private int length;

  OtlpBody(int frameLimit, Encoding encoding) {
    this.encoding = encoding;
    this.records = new Records(frameLimit, frames);
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
    boolean whole =
        encoding == Encoding.JSON
            ? new JsonSplit(records).split(body, length)
            : new ProtobufSplit(records).split(body, length);
    if (!whole) {
      return new Ending.Refused(
          Refusal.brokenBody("This is no ExportLogsServiceRequest in the encoding it names."));
    }
    int rejected = records.rejected();
    return frames.count() == 0
        ? new Ending.Done(encoding.kept(rejected, TOO_MUCH))
        : frames.kept("otlp", (first, batch) -> encoding.kept(rejected, TOO_MUCH));
  }
}
