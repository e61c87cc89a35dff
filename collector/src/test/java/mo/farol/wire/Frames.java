package mo.farol.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import mo.farol.event.FrameBatch;
import mo.farol.event.Origin;
import mo.farol.event.Original;

/** Collects frames as texts, one character a byte, marks behind a broken bar. */
public final class Frames implements FrameSink {
  private final List<String> texts = new ArrayList<>();

  @Override
  public void frame(byte[] bytes, int from, int to, byte mark) {
    var one = new FrameBatch.Builder();
    one.add(bytes, from, to, mark);
    var batch = one.build(Origin.live("", "", ""), 0);
    var text = new StringBuilder(new String(batch.bytes(), 0, batch.end(0), ISO_8859_1));
    if ((mark & FrameBatch.TRUNCATED) != 0) {
      text.append("¦truncated");
    }
    batch.original(0).ifPresent(o -> text.append(" " + o.length() + " " + o.sha256()));
    if ((mark & FrameBatch.GUESSED) != 0) {
      text.append("¦guessed");
    }
    if ((mark & FrameBatch.PARTIAL) != 0) {
      text.append("¦partial");
    }
    texts.add(text.toString());
  }

  /** What becomes of a frame, as its framing delimits it, that is longer than a limit. */
  public static String cut(String whole, int limit) {
    var o = original(whole);
    return whole.substring(0, limit) + "¦truncated " + o.length() + " " + o.sha256();
  }

  /** What is noted of a frame that is cut. */
  public static Original original(String whole) {
    try {
      byte[] sha256 = MessageDigest.getInstance("SHA-256").digest(bytes(whole));
      return new Original(whole.length(), HexFormat.of().formatHex(sha256));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  public List<String> texts() {
    return texts;
  }

  public static byte[] bytes(String text) {
    return text.getBytes(ISO_8859_1);
  }
}
