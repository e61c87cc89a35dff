package mo.farol.intake;

import java.util.List;

/**
 * Which listeners there are, and their bounds. A port of 0 is any free one, of -1 none.
 *
 * @param bind address of all listeners
 * @param syslogUdp port
 * @param syslogTcp port
 * @param http port
 * @param frameLimitBytes longest frame kept whole; of a longer one this much is kept
 * @param pinned further syslog listeners, each of one agency
 * @param defaultAgency agency of {@code syslogUdp} and {@code syslogTcp}
 * @param udpBufferBytes receive buffer asked of the kernel; it may give less
 * @param pendingBoundBytes what the event log lets wait; above three quarters of it TCP inputs stop
 *     reading, above all of it the others drop or refuse
 */
public record IntakeConfig(
    String bind,
    int syslogUdp,
    int syslogTcp,
    int http,
    int frameLimitBytes,
    List<PinnedListener> pinned,
    String defaultAgency,
    int udpBufferBytes,
    long pendingBoundBytes) {
  /** 64 KiB. */
  public static final int FRAME_LIMIT_BYTES = 64 << 10;

  /** 8 MiB. */
  public static final int UDP_BUFFER_BYTES = 8 << 20;

  /** 64 MiB, as the journal has by default. */
  public static final long PENDING_BOUND_BYTES = 64L << 20;

  public IntakeConfig {
    pinned = List.copyOf(pinned);
    if (frameLimitBytes < 1024 || frameLimitBytes > 16 << 20) {
      throw new IllegalArgumentException(
          "a frame limit is 1 KiB to 16 MiB, not " + frameLimitBytes + " bytes");
    }
  }

  /** Loopback, any free port for each input, everything else as by default. */
  public static IntakeConfig local(String agency) {
    return new IntakeConfig(
        "127.0.0.1",
        0,
        0,
        0,
        FRAME_LIMIT_BYTES,
        List.of(),
        agency,
        UDP_BUFFER_BYTES,
        PENDING_BOUND_BYTES);
  }

  /** The same with these listeners of single agencies. */
  public IntakeConfig withPinned(List<PinnedListener> listeners) {
    return new IntakeConfig(
        bind,
        syslogUdp,
        syslogTcp,
        http,
        frameLimitBytes,
        listeners,
        defaultAgency,
        udpBufferBytes,
        pendingBoundBytes);
  }

  /** The same with these ports. */
  public IntakeConfig withPorts(int udp, int tcp, int httpPort) {
    return new IntakeConfig(
        bind,
        udp,
        tcp,
        httpPort,
        frameLimitBytes,
        pinned,
        defaultAgency,
        udpBufferBytes,
        pendingBoundBytes);
  }
}
