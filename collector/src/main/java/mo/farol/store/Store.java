package mo.farol.store;

import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import mo.farol.event.EventBatch;
import mo.farol.event.Fields;
import mo.farol.event.Runs;
import mo.farol.event.Scope;

/**
 * The embedded index: one Lucene index for each day of {@code occurredAt}. A view of the journal:
 * delete any part of it and a replay makes the same rows again.
 */
public final class Store implements EventIndex {
  private static final Duration REFRESH = Duration.ofMillis(500);
  private static final Duration REFRESH_WHEN_IDLE = Duration.ofMillis(150);

  /** One day at rest is read through so often. */
  private static final Duration LOOK = Duration.ofHours(1);

  private static final long FORGET_SECONDS = 120;

  private final StoreConfig config;
  private final InstantSource clock;
  private final Forgotten forgotten = new Forgotten();
  private final Pens pens;
  private final Ground ground;
  private final Meters meters;
  private final Answers answers = new Answers(() -> this.shards);
  private final Replaced replaced = new Replaced();
  private final Attempts attempts;

  private volatile Shards shards;
  private long accepted;
  private boolean dirty;
  private boolean unseen;
  private Instant committedAt;
  private Instant refreshedAt;
  private Instant lookedAt;
  private volatile long searchable;
  private volatile long reached;

  private Store(StoreConfig config, InstantSource clock, MeterRegistry metrics, Ground ground)
      throws IOException {
    this.config = config;
    this.clock = clock;
    this.ground = ground;
    attempts = new Attempts(config.folder());
    meters = Meters.in(metrics);
    pens = new Pens(config.threads(), meters);
    metrics.gauge("farol_store_days", this, store -> store.shards.all().size());
    metrics.gauge("farol_store_field_names", this, _ -> Fields.size());
    metrics.gauge("farol_store_missing_events", this, Store::missing);
    metrics.gauge(
        "farol_store_days_mending",
        this,
        store -> store.shards.mendings().underWay(Long.MIN_VALUE, Long.MAX_VALUE));
    committedAt = clock.instant();
    refreshedAt = committedAt;
    lookedAt = committedAt;
    Files.createDirectories(config.folder());
    shards = Shards.open(config, ground, meters, Map.of(), committedAt);
    accepted = shards.next();
    searchable = accepted;
    reached = had();
    dirty = shards.mendings().isUnderWay();
  }

  /**
   * Opens the index of a folder, made where there is none.
   *
   * @throws StoreFault when the folder can't be used
   */
  public static Store open(StoreConfig config, InstantSource clock, MeterRegistry metrics) {
    return open(config, clock, metrics, Ground.DISK);
  }

  static Store open(StoreConfig config, InstantSource clock, MeterRegistry metrics, Ground ground) {
    try {
      return new Store(config, clock, metrics, ground);
    } catch (IOException | InternalError e) {
      throw new Attempts(config.folder()).fault("open", e);
    }
  }

  @Override
  public String name() {
    return "store";
  }

  @Override
  public long next() {
    return accepted;
  }

  /**
   * Sequence after the last event it has or had, also where {@link #next} is before it because a
   * day is made again.
   */
  public long had() {
    return Math.max(accepted, shards.had());
  }

  /**
   * Back to the last commit where something could not be written or a day was found damaged; on
   * again behind what only a day that is made anew needed.
   */
  @Override
  public long resume(long next) {
    var failure = attempts.failure();
    if (failure != null) {
      recover(failure);
      return accepted;
    }
    long from = Math.max(next, accepted);
    long on = shards.mendings().skip(from);
    if (on == from) {
      return next;
    }
    accepted = on;
    dirty = true;
    unseen = true;
    return on;
  }

  @Override
  public void accept(EventBatch batch) {
    attempts.make(
        "write to",
        () -> {
          for (var run : shards.runs(batch, accepted)) {
            meters.indexed().increment(shards.add(run, pens, clock.instant()));
          }
        });
    if (batch.nextSequence() > accepted) {
      accepted = batch.nextSequence();
      dirty = true;
      unseen = true;
    }
  }

  @Override
  public void replace(List<Replacement> replacements) {
    // What has not come yet will come as it is now.
    var known = replacements.stream().filter(r -> r.sequence() < accepted).toList();
    replaced.add(known);
    attempts.make("write to", () -> shards.replace(known, pens.own(), accepted, clock.instant()));
    dirty = true;
    unseen = true;
  }

  @Override
  public boolean isMending() {
    return shards.mendings().isUnderWay();
  }

  @Override
  public void pulse(boolean caughtUp) {
    var now = clock.instant();
    attempts.make("read", () -> shards.doubts().check());
    if (unseen && isDue(refreshedAt, caughtUp ? REFRESH_WHEN_IDLE : REFRESH, now)) {
      refresh();
    }
    if (isDue(committedAt, config.commitEvery(), now)) {
      commitIfChanged();
    }
    for (var wanted = forgotten.next(accepted); wanted != null; wanted = forgotten.next(accepted)) {
      forget(wanted);
    }
    attempts.make("close a day of", () -> shards.rest(now));
    if (isDue(lookedAt, LOOK, now)) {
      lookedAt = now;
      shards.doubts().lookAtNext(shards.all());
    }
  }

  // Also where Lucene only merged: until a commit says so, what was merged is there twice.
  private void commitIfChanged() {
    if (dirty || shards.isUncommitted()) {
      commit();
      unseen = true;
    }
  }

  /**
   * Removes the rows of these sequences once all were accepted; they are gone for good when this
   * returns true. Any thread but the one that calls {@link #accept}.
   *
   * @return false where it was not done within two minutes
   */
  public boolean forget(Runs runs) {
    return forgotten.ask(runs, FORGET_SECONDS);
  }

  private void forget(Forgotten.Wanted wanted) {
    attempts.make("remove rows of", () -> shards.forget(wanted.rows(), accepted, clock.instant()));
    committedAt = clock.instant();
    dirty = false;
    forgotten.done(wanted);
  }

  @Override
  public void refresh() {
    meters.refreshes().record(() -> attempts.make("refresh", shards::refresh));
    replaced.show();
    searchable = accepted;
    reached = Math.max(reached, accepted);
    unseen = false;
    refreshedAt = clock.instant();
  }

  @Override
  public void commit() {
    meters.commits().record(() -> attempts.make("commit", () -> shards.commit(accepted)));
    dirty = false;
    committedAt = clock.instant();
  }

  @Override
  public long searchable() {
    return searchable;
  }

  @Override
  public long replaced(Question question) {
    return replaced.of(question);
  }

  @Override
  public long reached() {
    return reached;
  }

  @Override
  public Found.Rows newest(
      Question question, int limit, long countTo, Optional<Row> after, Deadline deadline) {
    return answer(
        reading -> reading.newest(question, limit, countTo, after, deadline), Found.Rows::shortOf);
  }

  @Override
  public Found.Rows nearest(Question question, Row of, Side side, int limit, Deadline deadline) {
    return answer(
        reading -> reading.nearest(question, of, side, limit, deadline), Found.Rows::shortOf);
  }

  @Override
  public Found.Swept sweep(Question question, Sweeping look, Deadline deadline) {
    return answer(
        reading -> reading.sweep(question, look, deadline), (_, _) -> new Found.Swept(false));
  }

  @Override
  public Found.Passed values(
      String field, Question question, ValueTest test, int most, Deadline deadline) {
    return answer(
        reading -> reading.values(field, question, test, most, deadline),
        (found, _) -> new Found.Passed(found.values(), found.all(), false));
  }

  @Override
  public Found.Counts counts(
      Question question, long fromMicros, long widthMicros, int bins, Deadline deadline) {
    return answer(
        reading -> reading.counts(question, fromMicros, widthMicros, bins, deadline),
        (found, _) -> new Found.Counts(found.counts(), false));
  }

  @Override
  public Found.Values top(Question question, String field, int n, Deadline deadline) {
    return answer(
        reading -> reading.top(question, field, n, deadline), (found, _) -> found.inexact());
  }

  @Override
  public boolean isFacet(String field) {
    return field.equals(Layout.AGENCY) || Layout.FACETS.contains(field);
  }

  @Override
  public Found.Values fields(Question question, int n, Deadline deadline) {
    return answer(reading -> reading.fields(question, n, deadline), (found, _) -> found.inexact());
  }

  @Override
  public Found.Groups groups(Question question, Grouping grouping, Deadline deadline) {
    return answer(reading -> reading.groups(question, grouping, deadline), Found.Groups::shortOf);
  }

  @Override
  public Found.Names fieldNames(
      String prefix, Scope scope, long fromMicros, long toMicros, Deadline deadline) {
    return answer(
        reading -> reading.fieldNames(prefix, scope, fromMicros, toMicros, deadline),
        (names, _) -> names.inexact());
  }

  @Override
  public List<String> ownFields() {
    return Layout.OWN_FIELDS;
  }

  /** Days that could not be read: all that are made again, the last fifty that were. Any thread. */
  public List<Mending> mendings() {
    try {
      return answers.steadily(Shards::told);
    } catch (IOException | InternalError e) {
      throw attempts.fault("read", e);
    }
  }

  /** Commits what was accepted and closes; after a fault, closes without. */
  @Override
  public void close() {
    try {
      if (dirty && attempts.failure() == null) {
        commit();
      }
      if (attempts.failure() == null) {
        attempts.make("close", shards::close);
      } else {
        shards.abandon();
      }
    } catch (IOException e) {
      throw attempts.fault("close", e);
    } finally {
      pens.close();
    }
  }

  // Readers go on with what they see until the days are open anew.
  private void recover(Throwable why) {
    try {
      var old = shards;
      var damaged = old.doubts().damaged(old.all(), why);
      old.stopWriting();
      shards = Shards.open(config, ground, meters, damaged, clock.instant());
      accepted = shards.next();
      old.abandon();
    } catch (IOException | RuntimeException | InternalError e) {
      throw attempts.fault("open", e);
    }
    searchable = accepted;
    dirty = shards.mendings().isUnderWay();
    unseen = false;
    attempts.begin();
  }

  private double missing() {
    return shards.mendings().all().stream().mapToLong(Mendings.Mend::missing).sum();
  }

  // A clock that went back must not keep events from being found until it comes here again.
  private static boolean isDue(Instant last, Duration every, Instant now) {
    var waited = Duration.between(last, now);
    return waited.isNegative() || waited.compareTo(every) >= 0;
  }

  private <T> T answer(Answers.Asked<T> asked, Answers.Shortening<T> shorter) {
    try {
      return answers.of(asked, shorter);
    } catch (IOException e) {
      throw attempts.fault("read", e);
    }
  }
}
