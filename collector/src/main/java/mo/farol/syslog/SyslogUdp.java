package mo.farol.syslog;

import java.net.InetAddress;
import mo.farol.wire.DatagramListener;
import mo.farol.wire.FrameSink;
import mo.farol.wire.Gathering;

/** Syslog over UDP, RFC 5426: a datagram is a frame. */
final class SyslogUdp implements DatagramListener.Taker {
  private final int limit;
  private final FrameSink out;
  private final Gathering oversize;

  /**
   * @param limit bytes of the longest frame kept whole
   */
  SyslogUdp(int limit, FrameSink out) {
    this.limit = limit;
    this.out = out;
    this.oversize = new Gathering(limit);
  }

  @Override
  public void take(byte[] datagram, int length, InetAddress sender) {
    int end = length;
    while (end > 0 && isEnd(datagram[end - 1])) {
      end--;
    }
    if (end > limit) {
      oversize.add(datagram, 0, length);
      oversize.emit(0, limit, (byte) 0, out);
    } else if (end > 0) {
      out.frame(datagram, 0, end, (byte) 0);
    }
  }

  private static boolean isEnd(byte b) {
    return b == '\n' || b == '\r' || b == 0;
  }
}
