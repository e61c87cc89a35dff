package mo.farol.sigma;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Text with wildcards: a row of code points and of the marks below. Sigma specification 2.1.0,
 * sections "String Wildcard" and "Escape Character".
 */
public final class Glob {
  /** Any run of characters, none included. */
  public static final int RUN = -1;

  /** Exactly one character. */
  public static final int ONE = -2;

  /** One of the dashes that {@code windash} treats alike. */
  public static final int DASH = -3;

  /** The characters {@link #DASH} stands for. */
  public static final String DASHES = "-/\u2013\u2014\u2015";

  private final int[] parts;

  private Glob(int[] parts) {
    this.parts = parts;
  }

  /** A row of code points and marks. */
  public static Glob of(int... parts) {
    return new Glob(parts.clone());
  }

  /** Text as it stands, without wildcards. */
  public static Glob plain(String text) {
    return new Glob(text.codePoints().toArray());
  }

  /**
   * Reads a value as Sigma writes it: {@code *} and {@code ?} are wildcards; a backslash before
   * either, or before another backslash, takes its special meaning away; any other backslash is
   * itself.
   */
  public static Glob parse(String text) {
    int[] from = text.codePoints().toArray();
    int[] to = new int[from.length];
    int length = 0;
    for (int i = 0; i < from.length; i++) {
      int c = from[i];
      if (c == '\\' && i + 1 < from.length && isSpecial(from[i + 1])) {
        to[length++] = from[++i];
      } else {
        to[length++] = c == '*' ? RUN : c == '?' ? ONE : c;
      }
    }
    return new Glob(Arrays.copyOf(to, length));
  }

  private static boolean isSpecial(int c) {
    return c == '*' || c == '?' || c == '\\';
  }

  /** Code points and marks, in order. */
  public IntStream parts() {
    return Arrays.stream(parts);
  }

  /** Code point or mark at this place. */
  public int part(int at) {
    return parts[at];
  }

  /** How many parts. */
  public int length() {
    return parts.length;
  }

  /** Whether it holds no mark. */
  public boolean isPlain() {
    return Arrays.stream(parts).allMatch(part -> part >= 0);
  }

  /** With any run of characters before it. */
  public Glob afterAnything() {
    return length() > 0 && parts[0] == RUN ? this : new Glob(concat(new int[] {RUN}, parts));
  }

  /** With any run of characters behind it. */
  public Glob beforeAnything() {
    return length() > 0 && parts[parts.length - 1] == RUN
        ? this
        : new Glob(concat(parts, new int[] {RUN}));
  }

  /** The text, where there is no mark; marks show as Sigma writes them. */
  public String text() {
    var text = new StringBuilder();
    for (int part : parts) {
      switch (part) {
        case RUN -> text.append('*');
        case ONE -> text.append('?');
        case DASH -> text.append('-');
        default -> text.appendCodePoint(part);
      }
    }
    return text.toString();
  }

  private static int[] concat(int[] a, int[] b) {
    int[] both = Arrays.copyOf(a, a.length + b.length);
    System.arraycopy(b, 0, both, a.length, b.length);
    return both;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Glob that && Arrays.equals(parts, that.parts);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(parts);
  }

  @Override
  public String toString() {
    return text();
  }
}
