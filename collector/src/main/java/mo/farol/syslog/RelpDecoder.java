package mo.farol.syslog;

import mo.farol.wire.Gathering;

/**
 * Cuts one connection's bytes into RELP frames: number, command, length, data, line feed. However
 * the bytes are chunked, the frames are the same. Numbers, words and lengths are bounded before
 * they are kept; of data only as much is kept as a frame may have. One connection, one thread.
 */
final class RelpDecoder {
  /** What a frame asks for. */
  enum Command {
    OPEN,
    SYSLOG,
    CLOSE,
    OTHER
  }

  /** Takes frames as they are cut. */
  interface Frames {
    /**
     * One frame; the bytes are lent for the length of the call.
     *
     * @param mark 0, or what a frame says that was cut
     */
    void relp(int number, Command command, byte[] data, int from, int to, byte mark);
  }

  /** What can't be RELP: the connection has no way to go on. */
  static final class Broken extends Exception {
    private static final long serialVersionUID = 1;

    Broken(String message) {
      super(message);
    }
  }

  private enum Part {
    NUMBER,
    WORD,
    LENGTH,
    DATA,
    END
  }

  private static final int MOST_DIGITS = 9;
  private static final int WORD_BYTES = 32;
  // Far more than any message; a sender that names more is not to be waited for.
  private static final int MOST_LENGTH = 64 << 20;

  private final int limit;
  private Part part = Part.NUMBER;
  private int digits;
  private int number;
  private final byte[] word = new byte[WORD_BYTES];
  private int wordLength;
  private int length;
  private final Gathering data;

  /**
   * @param limit bytes kept of a frame's data
   */
  RelpDecoder(int limit) {
    this.limit = limit;
    this.data = new Gathering(limit);
  }

  /** Cuts the next bytes. */
  void take(byte[] bytes, int from, int to, Frames out) throws Broken {
    int at = from;
    while (at < to) {
      at =
          switch (part) {
            case NUMBER -> number(bytes[at], at);
            case WORD -> word(bytes[at], at);
            case LENGTH -> length(bytes[at], at, out);
            case DATA -> data(bytes, at, to, out);
            case END -> end(bytes[at], at, out);
          };
    }
  }

  private int number(byte b, int at) throws Broken {
    if (b == ' ' && digits > 0) {
      number = length;
      length = 0;
      digits = 0;
      part = Part.WORD;
    } else {
      digit(b, "a frame's number");
    }
    return at + 1;
  }

  private int word(byte b, int at) throws Broken {
    if (b == ' ' && wordLength > 0) {
      part = Part.LENGTH;
    } else if (wordLength == WORD_BYTES || (b | 0x20) < 'a' || (b | 0x20) > 'z') {
      throw new Broken("a command is up to 32 letters");
    } else {
      word[wordLength++] = b;
    }
    return at + 1;
  }

  private int length(byte b, int at, Frames out) throws Broken {
    if (digits > 0 && b == '\n' && length == 0) {
      return end(b, at, out); // senders leave out the blank before no data
    }
    if (digits > 0 && b == ' ') {
      part = length == 0 ? Part.END : Part.DATA;
      return at + 1;
    }
    digit(b, "a length");
    if (length > MOST_LENGTH) {
      throw new Broken("a frame has 64 MiB at most");
    }
    return at + 1;
  }

  private void digit(byte b, String what) throws Broken {
    if (b < '0' || b > '9' || ++digits > MOST_DIGITS) {
      throw new Broken(what + " is up to nine digits");
    }
    length = length * 10 + b - '0';
  }

  private int data(byte[] bytes, int at, int to, Frames out) throws Broken {
    if (data.seen() == 0 && to - at > length && length <= limit) {
      int end = at + length;
      if (bytes[end] != '\n') {
        throw noEnd();
      }
      out.relp(number, command(), bytes, at, end, (byte) 0); // all here: not copied
      clear();
      return end + 1;
    }
    int here = (int) Math.min(length - data.seen(), to - at);
    data.add(bytes, at, at + here);
    if (data.seen() == length) {
      part = Part.END;
    }
    return at + here;
  }

  private int end(byte b, int at, Frames out) throws Broken {
    if (b != '\n') {
      throw noEnd();
    }
    byte mark = data.mark();
    int end = data.finish(data.kept());
    out.relp(number, command(), data.bytes(), 0, end, mark);
    clear();
    return at + 1;
  }

  private static Broken noEnd() {
    return new Broken("no line feed where a frame ends");
  }

  private void clear() {
    part = Part.NUMBER;
    digits = 0;
    wordLength = 0;
    length = 0;
    data.release();
  }

  private Command command() {
    if (is("syslog")) {
      return Command.SYSLOG;
    }
    return is("open") ? Command.OPEN : is("close") ? Command.CLOSE : Command.OTHER;
  }

  private boolean is(String name) {
    if (wordLength != name.length()) {
      return false;
    }
    for (int i = 0; i < wordLength; i++) {
      if (word[i] != name.charAt(i)) {
        return false;
      }
    }
    return true;
  }
}
