package mo.farol.shipper;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import mo.farol.event.SeededHash;
import mo.farol.wire.Counts;
import mo.farol.wire.Network;
import org.jspecify.annotations.Nullable;

/**
 * Puts GELF messages that came in chunks together again. A message has 128 chunks at most and five
 * seconds; what waits is bounded for each {@link Network} and in all, and whatever is not put
 * together moves a counter. One listener, one thread.
 */
final class Chunks {
  /** Bytes before a chunk's part of the message: magic, message id, index, count. */
  static final int HEADER_BYTES = 12;

  private static final int MOST_CHUNKS = 128;
  private static final long LIFE_NANOS = TimeUnit.SECONDS.toNanos(5);
  private static final long PEER_BYTES = 8L << 20;
  private static final long ALL_BYTES = 64L << 20;
  // What keeping one message costs beside its bytes, about.
  private static final long MESSAGE_COST = 512;
  private static final long CHUNK_COST = 24;

  private record Key(InetAddress peer, long id) {
    @Override
    public int hashCode() {
      byte[] address = peer.getAddress();
      return SeededHash.ours().of(id, address, 0, address.length);
    }
  }

  private static final class Message {
    private final byte[][] parts;
    private final long since;
    private int missing;
    private int length;

    Message(int count, long since) {
      this.parts = new byte[count][];
      this.since = since;
      this.missing = count;
    }

    long cost() {
      return MESSAGE_COST + parts.length * CHUNK_COST + length;
    }

    byte[] whole() {
      byte[] whole = new byte[length];
      int at = 0;
      for (byte[] part : parts) {
        System.arraycopy(part, 0, whole, at, part.length);
        at += part.length;
      }
      return whole;
    }
  }

  private final Counts counts;
  // In the order of their first chunks, so that the oldest stands first.
  private final Map<Key, Message> waiting = new LinkedHashMap<>();
  private final Map<Long, Long> byNetwork = new HashMap<>();
  private long all;

  Chunks(Counts counts) {
    this.counts = counts;
  }

  /**
   * Takes one chunk with its header.
   *
   * @param nanos a time that only runs forward
   * @return the whole message, where this was its last missing chunk
   */
  byte @Nullable [] add(InetAddress peer, byte[] datagram, int length, long nanos) {
    expire(nanos);
    int index = length < HEADER_BYTES ? 0 : datagram[10] & 0xff;
    int count = length < HEADER_BYTES ? 0 : datagram[11] & 0xff;
    if (count == 0 || count > MOST_CHUNKS || index >= count) {
      return refuse("gelf-chunk");
    }
    var key = new Key(peer, id(datagram));
    var message = waiting.get(key);
    if (message != null && message.parts.length != count) {
      return refuse("gelf-chunk");
    }
    if (message != null && message.parts[index] != null) {
      return refuse("gelf-duplicate");
    }
    int bytes = length - HEADER_BYTES;
    long more = bytes + (message == null ? MESSAGE_COST + count * CHUNK_COST : 0);
    if (all + more > ALL_BYTES
        || byNetwork.getOrDefault(Network.of(peer), 0L) + more > PEER_BYTES) {
      return refuse("gelf-memory");
    }
    if (message == null) {
      message = new Message(count, nanos);
      waiting.put(key, message);
    }
    use(peer, more);
    message.parts[index] = Arrays.copyOfRange(datagram, HEADER_BYTES, length);
    message.length += bytes;
    return --message.missing == 0 ? finish(key, message) : null;
  }

  /** Forgets messages whose time is over. */
  void expire(long nanos) {
    var oldest = waiting.entrySet().iterator();
    while (oldest.hasNext()) {
      var entry = oldest.next();
      if (nanos - entry.getValue().since <= LIFE_NANOS) {
        return;
      }
      oldest.remove();
      use(entry.getKey().peer, -entry.getValue().cost());
      counts.refused("gelf-expired", 1);
    }
  }

  /** Bytes that wait, with what keeping them costs. */
  long heldBytes() {
    return all;
  }

  private byte[] finish(Key key, Message message) {
    waiting.remove(key);
    use(key.peer, -message.cost());
    return message.whole();
  }

  private void use(InetAddress peer, long more) {
    all += more;
    var network = Network.of(peer);
    if (byNetwork.merge(network, more, Long::sum) == 0) {
      byNetwork.remove(network);
    }
  }

  private byte @Nullable [] refuse(String reason) {
    counts.refused(reason, 1);
    return null;
  }

  private static long id(byte[] datagram) {
    long id = 0;
    for (int i = 2; i < 10; i++) {
      id = id << Byte.SIZE | datagram[i] & 0xff;
    }
    return id;
  }
}
