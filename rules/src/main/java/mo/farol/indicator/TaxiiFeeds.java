package mo.farol.indicator;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the TAXII collections among the sources as often as each wants, each on a virtual thread of
 * its own, and leaves what came in their files. How far a collection was read stands beside its
 * file, so that only what is newer is asked for.
 */
final class TaxiiFeeds {
  private static final Logger LOG = LoggerFactory.getLogger(TaxiiFeeds.class);
  private static final Duration AGAIN = Duration.ofMinutes(5);

  /**
   * How one stands.
   *
   * @param gotAt when it last answered
   * @param nextAt when it is asked next
   * @param fault why it did not answer the last time
   */
  record Standing(Optional<Instant> gotAt, Instant nextAt, Optional<String> fault) {}

  private final Path folder;
  private final Path keys;
  private final InstantSource clock;
  private final Runnable failed;
  private final Map<String, Standing> standings = new ConcurrentHashMap<>();
  private final Set<String> asked = ConcurrentHashMap.newKeySet();

  /**
   * @param keys the folder of secrets
   * @param failed told of each collection that did not answer
   */
  TaxiiFeeds(Path folder, Path keys, InstantSource clock, Runnable failed) {
    this.folder = folder;
    this.keys = keys;
    this.clock = clock;
    this.failed = failed;
  }

  Optional<Standing> standing(String name) {
    return Optional.ofNullable(standings.get(name));
  }

  /** Begins to ask those that are due; doesn't wait. */
  void ask(List<IndicatorSource> sources) {
    var now = clock.instant();
    for (var source : sources) {
      var standing = standings.get(source.name());
      boolean isDue = standing == null || !now.isBefore(standing.nextAt());
      if (source.feed().isPresent() && isDue && asked.add(source.name())) {
        Thread.ofVirtual().name("taxii " + source.name()).start(() -> ask(source));
      }
    }
  }

  private void ask(IndicatorSource source) {
    var feed = source.feed().orElseThrow();
    try {
      fetch(source, feed);
      standings.put(
          source.name(),
          new Standing(
              Optional.of(clock.instant()), clock.instant().plus(feed.every()), Optional.empty()));
    } catch (RuntimeException | IOException e) {
      failed.run();
      String why = e instanceof TaxiiFault ? String.valueOf(e.getMessage()) : e.toString();
      LOG.warn("the collection of the source '{}' was not fetched: {}", source.name(), why);
      var again = feed.every().compareTo(AGAIN) < 0 ? feed.every() : AGAIN;
      standings.put(
          source.name(),
          new Standing(
              standing(source.name()).flatMap(Standing::gotAt),
              clock.instant().plus(again),
              Optional.of(why)));
    } finally {
      asked.remove(source.name());
    }
  }

  private void fetch(IndicatorSource source, TaxiiFeed feed) throws IOException {
    Path file = folder.resolve(source.file());
    Path mark = folder.resolve("." + source.file() + ".since");
    String whole = feed.root() + " " + feed.collection();
    try (var client = new TaxiiClient(TaxiiConfig.of(feed.root(), login(feed)))) {
      var since = since(mark, whole, file);
      var progress = client.save(feed.collection(), since, file);
      var last = progress.addedLast().or(() -> since);
      if (last.isPresent()) {
        Files.writeString(mark, whole + "\n" + last.get());
      }
    }
  }

  // Of another collection, or without its file, all of it is asked for.
  private static Optional<Instant> since(Path mark, String whole, Path file) throws IOException {
    if (!Files.exists(mark) || !Files.exists(file)) {
      return Optional.empty();
    }
    var lines = Files.readAllLines(mark);
    try {
      return lines.size() == 2 && lines.getFirst().equals(whole)
          ? Optional.of(TimeText.read(lines.getLast()))
          : Optional.empty();
    } catch (Unreadable e) {
      return Optional.empty();
    }
  }

  private TaxiiConfig.Login login(TaxiiFeed feed) throws IOException {
    if (feed.secretFile().isEmpty()) {
      return new TaxiiConfig.Login.None();
    }
    String secret =
        Files.readString(keys.resolve(feed.secretFile()), StandardCharsets.UTF_8).strip();
    return feed.user().isEmpty()
        ? new TaxiiConfig.Login.Bearer(secret)
        : new TaxiiConfig.Login.Basic(feed.user(), secret);
  }
}
