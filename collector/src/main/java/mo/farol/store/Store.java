package mo.farol.store;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import mo.farol.event.EventBatch;
import mo.farol.event.Runs;
import mo.farol.event.Scope;

/**
 * The embedded index: one Lucene index for each day of {@code occurredAt}. A view of the journal:
 * delete any part of it and a replay makes the same rows again.
 */
public final class Store implements EventIndex {
  private static final Duration REFRESH = Duration.ofMillis(500);
  private static final Duration REFRESH_WHEN_IDLE = Duration.ofMillis(150);
  private static final long FORGET_SECONDS = 120;

  private final StoreConfig config;
  private final InstantSource clock;
  private final Forgotten forgotten = new Forgotten();
  private final Pens pens;
  private final KeptCounts tables = new KeptCounts();
  private final KeptTops tops = new KeptTops();
  private final LastSequences lasts = new LastSequences();
  private final Counter indexed;
  private final Timer commits;
  private final Timer refreshes;
  private final Counter setAside;
  private final Counter leftOut;

  private volatile Shards shards;
  private long accepted;
  private boolean dirty;
  private boolean unseen;
  private boolean failed;
  private Instant committedAt;
  private Instant refreshedAt;
  private volatile long searchable;

  private Store(StoreConfig config, InstantSource clock, MeterRegistry metrics) throws IOException {
    this.config = config;
    this.clock = clock;
    pens = new Pens(config.threads());
    indexed = metrics.counter("farol_store_events_total");
    commits = metrics.timer("farol_store_commit_seconds");
    refreshes = metrics.timer("farol_store_refresh_seconds");
    setAside = metrics.counter("farol_store_days_set_aside_total");
    leftOut = metrics.counter("farol_store_events_left_out_total");
    metrics.gauge("farol_store_days", this, store -> store.shards.all().size());
    committedAt = clock.instant();
    refreshedAt = committedAt;
    Files.createDirectories(config.folder());
    shards = Shards.open(config, setAside, leftOut);
    accepted = shards.next();
    searchable = accepted;
  }

  /**
   * Opens the index of a folder, made where there is none.
   *
   * @throws StoreFault when the folder can't be used
   */
  public static Store open(StoreConfig config, InstantSource clock, MeterRegistry metrics) {
    try {
      return new Store(config, clock, metrics);
    } catch (IOException e) {
      throw fault("open", e, config);
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

  /** Back to the last commit where something could not be written. */
  @Override
  public long resume(long next) {
    if (!failed) {
      return next;
    }
    recover();
    return accepted;
  }

  @Override
  public void accept(EventBatch batch) {
    attempt(
        "write to",
        () -> {
          for (var run : shards.runs(batch, accepted)) {
            indexed.increment(shards.add(run, pens, clock.instant()));
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
    attempt("write to", () -> shards.replace(known, pens.own(), accepted, clock.instant()));
    dirty = true;
    unseen = true;
  }

  @Override
  public void pulse(boolean caughtUp) {
    var now = clock.instant();
    if (unseen && isDue(refreshedAt, caughtUp ? REFRESH_WHEN_IDLE : REFRESH, now)) {
      refresh();
    }
    if (isDue(committedAt, config.commitEvery(), now)) {
      commitIfChanged();
    }
    for (var wanted = forgotten.next(accepted); wanted != null; wanted = forgotten.next(accepted)) {
      forget(wanted);
    }
    attempt("close a day of", () -> shards.rest(now));
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
    attempt("remove rows of", () -> shards.forget(wanted.rows(), accepted, clock.instant()));
    committedAt = clock.instant();
    dirty = false;
    forgotten.done(wanted);
  }

  @Override
  public void refresh() {
    refreshes.record(() -> attempt("refresh", shards::refresh));
    searchable = accepted;
    unseen = false;
    refreshedAt = clock.instant();
  }

  @Override
  public void commit() {
    commits.record(() -> attempt("commit", () -> shards.commit(accepted)));
    dirty = false;
    committedAt = clock.instant();
  }

  @Override
  public long searchable() {
    return searchable;
  }

  @Override
  public Found.Rows newest(
      Question question, int limit, long countTo, Optional<Row> after, Deadline deadline) {
    return answer(() -> reading().newest(question, limit, countTo, after, deadline));
  }

  @Override
  public Found.Rows nearest(Question question, Row of, Side side, int limit, Deadline deadline) {
    return answer(() -> reading().nearest(question, of, side, limit, deadline));
  }

  @Override
  public Found.Counts counts(
      Question question, long fromMicros, long widthMicros, int bins, Deadline deadline) {
    return answer(() -> reading().counts(question, fromMicros, widthMicros, bins, deadline));
  }

  @Override
  public Found.Values top(Question question, String field, int n, Deadline deadline) {
    return answer(() -> reading().top(question, field, n, deadline));
  }

  @Override
  public Found.Values fields(Question question, int n, Deadline deadline) {
    return answer(() -> reading().fields(question, n, deadline));
  }

  @Override
  public Found.Groups groups(Question question, Grouping grouping, Deadline deadline) {
    return answer(() -> reading().groups(question, grouping, deadline));
  }

  @Override
  public NavigableSet<String> fieldNames(String prefix, Scope scope) {
    return answer(() -> reading().fieldNames(prefix, scope));
  }

  @Override
  public List<String> ownFields() {
    return Layout.OWN_FIELDS;
  }

  /** Commits what was accepted and closes; after a fault, closes without. */
  @Override
  public void close() {
    if (dirty && !failed) {
      commit();
    }
    attempt("close", shards::close);
    pens.close();
  }

  private Reading reading() {
    return new Reading(shards, tables, tops, lasts);
  }

  /** Forgets what was not committed, as a restart would. */
  private void recover() {
    try {
      shards.abandon();
      shards = Shards.open(config, setAside, leftOut);
      accepted = shards.next();
    } catch (IOException e) {
      throw fault("open", e, config);
    }
    searchable = accepted;
    dirty = false;
    unseen = false;
    failed = false;
  }

  private static boolean isDue(Instant last, Duration every, Instant now) {
    return Duration.between(last, now).compareTo(every) >= 0;
  }

  private interface Deed {
    void run() throws IOException;
  }

  private interface Answer<T> {
    T give() throws IOException;
  }

  // Half of a batch may be in, and Lucene closes a writer that could not write: nothing that was
  // not committed counts any more. No commit may say otherwise.
  private void attempt(String what, Deed deed) {
    if (failed) {
      throw fault(what, new IOException("it failed before"), config);
    }
    try {
      deed.run();
    } catch (IOException e) {
      failed = true;
      throw fault(what, e, config);
    } catch (RuntimeException e) {
      failed = true;
      throw fault(what, new IOException(e), config);
    }
  }

  private <T> T answer(Answer<T> answer) {
    try {
      return answer.give();
    } catch (IOException e) {
      throw fault("read", e, config);
    }
  }

  private static StoreFault fault(String what, IOException cause, StoreConfig config) {
    return new StoreFault(
        ("could not %s the index in %s: %s; see that the disk is there and has room; nothing is"
                + " lost, the journal is read again from the last commit")
            .formatted(what, config.folder(), cause.getMessage()),
        cause);
  }
}
