package mo.farol.wire;

import io.netty.channel.Channel;

/**
 * Open connections of each agency, bounded so that one never has all places. An agency is known by
 * the listener or the certificate when a connection is let in, by the token with its first request.
 * Any event loop may call.
 */
public final class Agencies {
  private final Places<String> places = new Places<>();
  private final int most;
  private final Counts counts;

  /**
   * @param most connections of one agency
   */
  public Agencies(int most, Counts counts) {
    this.most = most;
    this.counts = counts;
  }

  /** Whether an agency has room for one more connection; one too many is counted. */
  public boolean enter(Channel channel, String agency) {
    boolean enters = places.enter(channel, agency, most);
    if (!enters) {
      counts.refused("agency-connections", 1);
    }
    return enters;
  }

  /** What is let in where its agency has room, and else closed. */
  public PipelineInitializer bounded(PipelineInitializer then) {
    return (channel, agency) -> {
      if (agency.isEmpty() || enter(channel, agency)) {
        then.initialize(channel, agency);
      } else {
        channel.close();
      }
    };
  }
}
