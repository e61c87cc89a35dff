package mo.farol.app;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * The objects of a file that holds a JSON array of them (RFC 8259), or one after the other laid out
 * over several lines. Each is handed out as one line: line ends between its values become spaces.
 * Anything else is handed out up to its line end, so that whoever reads it can say so, and so is an
 * object with a line's end within a text, which section 7 forbids: else one odd quote would swallow
 * all that follows.
 */
final class JsonObjects {
  private static final int GLANCE = 256;

  private final InputStream in;
  private final int limit;
  private final ByteArrayOutputStream object = new ByteArrayOutputStream(512);

  /**
   * @param limit bytes of an object, beyond which it comes in pieces
   */
  JsonObjects(InputStream in, int limit) {
    this.in = in;
    this.limit = limit;
  }

  /**
   * Whether a stream, which must know how to go back, begins so; takes nothing of it, and reads no
   * more than it takes to tell.
   */
  static boolean begin(InputStream in) throws IOException {
    in.mark(GLANCE);
    var glance = new Glance(in);
    int first = glance.skip(" \t\r\n\u00ef\u00bb\u00bf");
    boolean begins =
        switch (first) {
          case '[' -> glance.skip(" \t\r\n") == '{';
          case '{' -> glance.skip(" \t\r") == '\n';
          default -> false;
        };
    in.reset();
    return begins;
  }

  private static final class Glance {
    private final InputStream in;
    private int left = GLANCE;

    Glance(InputStream in) {
      this.in = in;
    }

    /** The first byte that is none of these; -1 where none comes soon. */
    int skip(String blanks) throws IOException {
      int b = blanks.charAt(0);
      while (b >= 0 && blanks.indexOf(b) >= 0) {
        b = left-- > 0 ? in.read() : -1;
      }
      return b;
    }
  }

  /** The next object, or null after the last. */
  byte @Nullable [] next() throws IOException {
    object.reset();
    int b = in.read();
    while (b >= 0 && isBetween(b)) {
      b = in.read();
    }
    if (b < 0) {
      return null;
    }
    if (b == '{') {
      whole();
    } else {
      line(b);
    }
    return object.toByteArray();
  }

  // Blanks, what holds an array together, and the mark of UTF-8.
  private static boolean isBetween(int b) {
    return " \t\r\n,[]".indexOf(b) >= 0 || b == 0xef || b == 0xbb || b == 0xbf;
  }

  private void whole() throws IOException {
    object.write('{');
    int depth = 1;
    boolean isText = false;
    boolean isEscaped = false;
    for (int b = in.read(); b >= 0 && !(isText && b == '\n'); b = in.read()) {
      boolean isEnd = b == '\n' || b == '\r';
      object.write(isEnd ? ' ' : b);
      if (isEscaped) {
        isEscaped = false;
      } else if (isText && b == '\\') {
        isEscaped = true;
      } else if (b == '"') {
        isText = !isText;
      } else if (!isText) {
        depth += b == '{' ? 1 : b == '}' ? -1 : 0;
      }
      if (depth == 0 || object.size() >= limit) {
        return;
      }
    }
  }

  private void line(int first) throws IOException {
    for (int b = first; b >= 0 && b != '\n' && object.size() < limit; b = in.read()) {
      object.write(b);
    }
  }
}
