package mo.farol.post;

import mo.farol.wire.Gathering;

/** The body of one request on its way, unpacked. Belongs to its connection's event loop. */
public interface Reception {
  /** The next bytes, lent for the length of the call. */
  void take(byte[] bytes, int from, int to);

  /** Memory held so far, in bytes. */
  long held();

  /** The body is here. */
  Ending end();

  /**
   * Bytes of a body that can't be unpacked which are kept as they were sent; 0 where such a body is
   * refused.
   */
  default int keepsBroken() {
    return 0;
  }

  /**
   * All of the body has come and can't be unpacked, or not to its end.
   *
   * @param sent the body as it was sent, with {@link #keepsBroken} as its limit
   */
  default Ending broken(Refusal why, Gathering sent) {
    return new Ending.Refused(why);
  }

  /** A body nobody reads, answered when it is here. */
  static Reception ignoring(Answer answer) {
    return new Reception() {
      @Override
      public void take(byte[] bytes, int from, int to) {
        // nothing of it is wanted
      }

      @Override
      public long held() {
        return 0;
      }

      @Override
      public Ending end() {
        return new Ending.Done(answer);
      }
    };
  }
}
