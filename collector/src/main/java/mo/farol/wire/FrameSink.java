package mo.farol.wire;

/** Takes frames as they are cut, without an object for each. */
public interface FrameSink {
  /** One frame; the bytes are lent for the length of the call. */
  void frame(byte[] bytes, int from, int to, byte mark);
}
