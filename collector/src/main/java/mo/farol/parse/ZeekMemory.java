package mo.farol.parse;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import mo.farol.event.Fields;
import mo.farol.event.Origin;
import org.jspecify.annotations.Nullable;

/**
 * The headers of Zeek logs by sender, the newest first, so that a sender's files may come mixed.
 * Bounded in senders and in headers a sender; the sender heard least recently is forgotten.
 */
final class ZeekMemory {
  private static final int SENDERS = 256;
  private static final int HEADERS = 64;
  private static final ZeekMemory SHARED = new ZeekMemory();

  // Only logs that no other log's line can be taken for, by number and types of their columns.
  private static final List<ZeekHeader> KNOWN = known();

  private final Map<Origin, ArrayDeque<ZeekHeader>> senders =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Origin, ArrayDeque<ZeekHeader>> eldest) {
          return size() > SENDERS;
        }
      };

  /** The one of the process: what one parser learnt of a sender, every other knows. */
  static ZeekMemory shared() {
    return SHARED;
  }

  /** Whether a line can be read. */
  boolean knows(Origin origin, byte[] b, int from, int to) {
    return sent(origin, b, from, to) != null || assumed(b, from, to) != null;
  }

  /** The header that the sender of a line sent before it, or null. */
  synchronized @Nullable ZeekHeader sent(Origin origin, byte[] b, int from, int to) {
    var headers = senders.get(origin);
    return headers == null ? null : fitting(headers, b, from, to);
  }

  /** The header with which Zeek writes such a line by default, or null. */
  static @Nullable ZeekHeader assumed(byte[] b, int from, int to) {
    return fitting(KNOWN, b, from, to);
  }

  private static @Nullable ZeekHeader fitting(
      Iterable<ZeekHeader> headers, byte[] b, int from, int to) {
    for (var header : headers) {
      if (header.fits(b, from, to)) {
        return header;
      }
    }
    return null;
  }

  /** The header being read from this sender. */
  synchronized ZeekHeader last(Origin origin) {
    var headers = senders.get(origin);
    return headers == null || headers.isEmpty() ? ZeekHeader.none() : headers.getFirst();
  }

  /** Takes over what a header line said. */
  synchronized void learn(Origin origin, ZeekHeader now) {
    var headers = senders.computeIfAbsent(origin, _ -> new ArrayDeque<>());
    if (!headers.isEmpty() && (now.path().isEmpty() || isSame(headers.getFirst(), now))) {
      headers.removeFirst();
    }
    headers.removeIf(old -> !now.path().isEmpty() && old.path().equals(now.path()));
    headers.addFirst(now);
    if (headers.size() > HEADERS) {
      headers.removeLast();
    }
  }

  /** Whether the newer header goes on with the older, which has no columns yet or the same path. */
  private static boolean isSame(ZeekHeader old, ZeekHeader now) {
    return old.fields().isEmpty() || old.path().equals(now.path());
  }

  private static List<ZeekHeader> known() {
    try (var in = ZeekMemory.class.getResourceAsStream("zeek.txt")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .map(ZeekMemory::known)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One line: the log, then {@code name:type} of each column. */
  private static ZeekHeader known(String line) {
    String[] words = line.split(" ", -1);
    String[] columns = Arrays.copyOfRange(words, 1, words.length);
    var fields =
        Arrays.stream(columns).map(c -> Fields.id(c.substring(0, c.indexOf(':')))).toList();
    String[] types =
        Arrays.stream(columns).map(c -> c.substring(c.indexOf(':') + 1)).toArray(String[]::new);
    return ZeekHeader.none().withPath(words[0]).withFields(fields).withTypes(types);
  }
}
