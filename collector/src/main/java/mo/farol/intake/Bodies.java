package mo.farol.intake;

import mo.farol.event.FrameBatch;

/**
 * Cuts an HTTP body into frames: lines, or the elements of one JSON array; the bytes of each stay
 * as they were sent.
 */
final class Bodies {
  private Bodies() {}

  /** Adds the frames of a body; one longer than the limit is cut and marked. */
  static void split(byte[] body, int limit, FrameBatch.Builder out) {
    int at = skipBlank(body, 0);
    if (at < body.length && body[at] == '[') {
      array(body, at + 1, limit, out);
    } else {
      lines(body, limit, out);
    }
  }

  private static void lines(byte[] body, int limit, FrameBatch.Builder out) {
    int start = 0;
    for (int i = 0; i <= body.length; i++) {
      if (i == body.length || body[i] == '\n') {
        add(body, start, i, limit, out);
        start = i + 1;
      }
    }
  }

  // Commas at depth 0 part the elements; brackets and commas inside strings do not count.
  private static void array(byte[] body, int from, int limit, FrameBatch.Builder out) {
    int depth = 0;
    boolean quoted = false;
    int start = from;
    for (int i = from; i < body.length; i++) {
      byte b = body[i];
      if (quoted) {
        if (b == '\\') {
          i++;
        } else if (b == '"') {
          quoted = false;
        }
      } else if (b == '"') {
        quoted = true;
      } else if (b == '{' || b == '[') {
        depth++;
      } else if (depth == 0 && (b == ',' || b == ']')) {
        add(body, start, i, limit, out);
        start = i + 1;
        if (b == ']') {
          return;
        }
      } else if (b == '}' || b == ']') {
        depth--;
      }
    }
    add(body, start, body.length, limit, out);
  }

  private static void add(byte[] body, int from, int to, int limit, FrameBatch.Builder out) {
    int start = skipBlank(body, from);
    int end = to;
    while (end > start && isBlank(body[end - 1])) {
      end--;
    }
    if (end > start) {
      boolean whole = end - start <= limit;
      out.add(body, start, whole ? end : start + limit, whole ? 0 : FrameBatch.TRUNCATED);
    }
  }

  private static int skipBlank(byte[] body, int from) {
    int at = from;
    while (at < body.length && isBlank(body[at])) {
      at++;
    }
    return at;
  }

  private static boolean isBlank(byte b) {
    return b == ' ' || b == '\t' || b == '\r' || b == '\n';
  }
}
