package mo.farol.splunk;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Acknowledgements that clients may ask for: by channel, each told once. An id is given when its
 * events are on disk, so that every id that was given is true. Bounded: 4,096 untold ids a channel,
 * 1,000 channels an agency, ten minutes without a call; the oldest are forgotten first and then are
 * false, so that the client sends again. Any event loop may call.
 */
final class HecChannels {
  static final int MOST_IDS = 4096;
  static final int MOST_CHANNELS = 1000;
  static final Duration IDLE = Duration.ofMinutes(10);

  private static final class Channel {
    private final BitSet untold = new BitSet();
    private long next;
    private Instant at;

    Channel(Instant at) {
      this.at = at;
    }
  }

  private final InstantSource clock;
  private final Map<String, LinkedHashMap<String, Channel>> agencies = new LinkedHashMap<>();

  HecChannels(InstantSource clock) {
    this.clock = clock;
  }

  /** An id for events that are on disk. */
  synchronized long acknowledge(String agency, String channel) {
    var open = open(agency, channel);
    long id = open.next++;
    open.untold.set(slot(id)); // whatever stood there is 4,096 ids old
    return id;
  }

  /** Whether the events of an id are on disk; true once. */
  synchronized boolean tell(String agency, String channel, long id) {
    var open = open(agency, channel);
    boolean current = id >= 0 && id < open.next && id >= open.next - MOST_IDS;
    boolean told = current && open.untold.get(slot(id));
    if (told) {
      open.untold.clear(slot(id));
    }
    return told;
  }

  // The channel last used stands last.
  private Channel open(String agency, String name) {
    var channels = agencies.computeIfAbsent(agency, _ -> new LinkedHashMap<>(16, 0.75f, true));
    var now = clock.instant();
    var channel = channels.computeIfAbsent(name, _ -> new Channel(now));
    channel.at = now;
    var oldest = channels.values().iterator();
    while (channels.size() > MOST_CHANNELS
        || oldest.hasNext() && oldest.next().at.plus(IDLE).isBefore(now)) {
      channels.pollFirstEntry();
      oldest = channels.values().iterator();
    }
    return channel;
  }

  private static int slot(long id) {
    return (int) (id % MOST_IDS);
  }
}
