package mo.farol.post;

/** The body of one request on its way, unpacked. Belongs to its connection's event loop. */
public interface Reception {
  /** The next bytes, lent for the length of the call. */
  void take(byte[] bytes, int from, int to);

  /** Memory held so far, in bytes. */
  long held();

  /** The body is here. */
  Ending end();

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
