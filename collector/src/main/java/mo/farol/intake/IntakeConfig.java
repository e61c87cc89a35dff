package mo.farol.intake;

import java.util.Map;

/**
 * Which listeners there are.
 *
 * @param bind address of all of them
 * @param syslogUdp port, 0 any free one, -1 none
 * @param syslogTcp port, 0 any free one, -1 none
 * @param http port, 0 any free one, -1 none
 * @param agency agency of the listeners that belong to none
 * @param pinned TCP port by agency
 * @param frameLimit bytes of the longest frame kept whole
 * @param pendingLimit bytes queued in the journal above which inputs stop reading or refuse
 */
public record IntakeConfig(
    String bind,
    int syslogUdp,
    int syslogTcp,
    int http,
    String agency,
    Map<String, Integer> pinned,
    int frameLimit,
    long pendingLimit) {
  /** Loopback, any free port for each input, 64 KiB frames. */
  public static IntakeConfig local(String agency) {
    return new IntakeConfig("127.0.0.1", 0, 0, 0, agency, Map.of(), 64 << 10, 48L << 20);
  }
}
