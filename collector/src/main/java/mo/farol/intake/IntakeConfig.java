package mo.farol.intake;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import mo.farol.syslog.Framing;
import mo.farol.wire.Quotas;
import mo.farol.wire.TlsFront;

/**
 * Which listeners there are, and their bounds.
 *
 * @param bind address of all listeners
 * @param ports port of each listener; 0 is any free one, a negative one or none leaves it out
 * @param frameLimitBytes longest frame kept whole; of a longer one this much is kept
 * @param pinned further listeners, each of one agency
 * @param defaultAgency agency of listeners where nothing else tells it
 * @param clients whether clients of TLS listeners must show a certificate
 * @param plain whether the ports that take TLS and plain connections take plain ones
 * @param udpBufferBytes receive buffer asked of the kernel; it may give less
 * @param pendingBoundBytes what the event log lets wait; above three quarters of it TCP inputs stop
 *     reading, above all of it the others drop or refuse
 * @param quotas who may send how fast
 * @param agencyConnections TCP connections that one agency may have open
 * @param tcp where messages of syslog over TCP end
 * @param tls the same over TLS
 */
public record IntakeConfig(
    String bind,
    Map<Input, Integer> ports,
    int frameLimitBytes,
    List<PinnedListener> pinned,
    String defaultAgency,
    TlsFront.Clients clients,
    boolean plain,
    int udpBufferBytes,
    long pendingBoundBytes,
    Quotas quotas,
    int agencyConnections,
    Framing tcp,
    Framing tls) {
  /** 64 KiB. */
  public static final int FRAME_LIMIT_BYTES = 64 << 10;

  /** 8 MiB. */
  public static final int UDP_BUFFER_BYTES = 8 << 20;

  /** 64 MiB, as the journal has by default. */
  public static final long PENDING_BOUND_BYTES = 64L << 20;

  /** Half of all places. */
  public static final int AGENCY_CONNECTIONS = 5_000;

  public IntakeConfig {
    var listening = new EnumMap<Input, Integer>(Input.class);
    ports.forEach(
        (input, port) -> {
          if (port >= 0) {
            listening.put(input, port);
          }
        });
    ports = listening;
    pinned = List.copyOf(pinned);
    if (frameLimitBytes < 1024 || frameLimitBytes > 16 << 20) {
      throw new IllegalArgumentException(
          "a frame limit is 1 KiB to 16 MiB, not " + frameLimitBytes + " bytes");
    }
  }

  /** Loopback, any free port for each input without TLS, everything else as by default. */
  public static IntakeConfig local(String agency) {
    return new IntakeConfig(
        "127.0.0.1",
        Map.of(
            Input.SYSLOG_UDP, 0,
            Input.SYSLOG_TCP, 0,
            Input.RELP, 0,
            Input.GELF, 0,
            Input.LUMBERJACK, 0,
            Input.HTTP, 0),
        FRAME_LIMIT_BYTES,
        List.of(),
        agency,
        TlsFront.Clients.REQUIRED,
        true,
        UDP_BUFFER_BYTES,
        PENDING_BOUND_BYTES,
        Quotas.NONE,
        AGENCY_CONNECTIONS,
        Framing.AUTO,
        Framing.SHOWN);
  }

  /** The same with these listeners of single agencies. */
  public IntakeConfig withPinned(List<PinnedListener> listeners) {
    return new IntakeConfig(
        bind,
        ports,
        frameLimitBytes,
        listeners,
        defaultAgency,
        clients,
        plain,
        udpBufferBytes,
        pendingBoundBytes,
        quotas,
        agencyConnections,
        tcp,
        tls);
  }

  /** The same with these ports instead. */
  public IntakeConfig withPorts(Map<Input, Integer> others) {
    return new IntakeConfig(
        bind,
        others,
        frameLimitBytes,
        pinned,
        defaultAgency,
        clients,
        plain,
        udpBufferBytes,
        pendingBoundBytes,
        quotas,
        agencyConnections,
        tcp,
        tls);
  }

  /** The same with these quotas. */
  public IntakeConfig withQuotas(Quotas others) {
    return new IntakeConfig(
        bind,
        ports,
        frameLimitBytes,
        pinned,
        defaultAgency,
        clients,
        plain,
        udpBufferBytes,
        pendingBoundBytes,
        others,
        agencyConnections,
        tcp,
        tls);
  }
}
