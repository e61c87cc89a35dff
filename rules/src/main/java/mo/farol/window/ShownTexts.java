package mo.farol.window;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The texts of one hit's {@link Shown} fields, cut where they are long, with the bits of them
 * whole.
 */
final class ShownTexts {
  static final ShownTexts NONE =
      new ShownTexts(new @Nullable String[Shown.FIELDS.size()], new long[Shown.LONGS]);

  private final @Nullable String[] texts;
  private final long[] bits;

  private ShownTexts(@Nullable String[] texts, long[] bits) {
    this.texts = texts;
    this.bits = bits;
  }

  /**
   * @param row of that hit
   */
  static ShownTexts of(Hit hit, long[] row) {
    var texts = new @Nullable String[Shown.FIELDS.size()];
    for (int i = 0; i < texts.length; i++) {
      String text = hit.fields().get(Shown.FIELDS.get(i));
      texts[i] = text == null ? null : Keys.cut(text);
    }
    return new ShownTexts(texts, Arrays.copyOfRange(row, Ring.SHOWN, Ring.VALUE));
  }

  /** Fields that all hits have in common with this one. */
  Map<String, String> named(long[] common) {
    var named = new LinkedHashMap<String, String>();
    for (int i = 0; i < texts.length; i++) {
      String text = texts[i];
      long shared = Shown.bits(common, i);
      if (text != null && shared != 0 && shared == Shown.bits(bits, i)) {
        named.put(Shown.FIELDS.get(i), text);
      }
    }
    return named;
  }

  /** Longs that the texts take, about. */
  long longs() {
    long characters = 0;
    for (String text : texts) {
      characters += text == null ? 0 : text.length();
    }
    return (characters + Long.BYTES - 1) / Long.BYTES;
  }

  void write(DataOutput out) throws IOException {
    Texts.write(texts, out);
    Longs.write(bits, out);
  }

  static ShownTexts read(DataInput in) throws IOException {
    return new ShownTexts(Texts.read(in), Longs.read(in, in.readInt()));
  }
}
