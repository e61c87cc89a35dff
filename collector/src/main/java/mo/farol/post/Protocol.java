package mo.farol.post;

/** One kind of input over HTTP. One object for all connections; nothing in it may block. */
public interface Protocol {
  /** 10 MiB. */
  long BODY_BYTES = 10 << 20;

  /** 64 MiB. */
  long UNPACKED_BYTES = 64 << 20;

  /** Its name in counters and as origin of its frames. */
  String name();

  /** Whether a path is this protocol's. */
  boolean owns(String path);

  /** Whether a call needs no token, for it learns nothing and leaves nothing. */
  default boolean isOpen(Call call) {
    return false;
  }

  /** Largest body as sent, in bytes. */
  default long bodyBytes() {
    return BODY_BYTES;
  }

  /** Largest body unpacked, in bytes. */
  default long unpackedBytes() {
    return UNPACKED_BYTES;
  }

  /** What becomes of a call, by its headers. */
  Step begin(Call call);

  /** A refusal as this protocol's clients understand it. */
  default Answer refuse(Call call, Refusal why) {
    return Answer.problem(why);
  }

  /** The same for an answer that is none of ours: what every answer of this protocol carries. */
  default Answer dress(Call call, Answer answer) {
    return answer;
  }
}
