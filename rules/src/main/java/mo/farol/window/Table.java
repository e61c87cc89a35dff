package mo.farol.window;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import mo.farol.event.EventId;
import mo.farol.sigma.SigmaCorrelation;

/** The groups of one correlation for one agency and lane. */
final class Table {
  private CompiledCorrelation rule;
  private final Workshop shop;
  private final long span;
  private final long keep;
  private final boolean waits; // for windows to be over
  private final Tally tally;
  private final HitRow row;
  private final Groups groups = new Groups();
  private final Deadlines deadlines = new Deadlines();
  private final PendingReports reports = new PendingReports();
  private final Set<Group> lastGroups = new HashSet<>(); // that counted the last events
  private List<EventId> lastEvents = List.of();
  private Lane lane;
  private long longs;

  Table(CompiledCorrelation rule, Lane lane, Workshop shop) {
    this.rule = rule;
    this.lane = lane;
    this.shop = shop;
    row = new HitRow(shop);
    span = rule.correlation().span().toNanos() / 1_000;
    tally = Tally.of(rule.correlation());
    waits =
        rule.correlation().isDecidedAtTheEnd()
            || rule.correlation().type() == SigmaCorrelation.Type.FAROL_ABSENCE;
    keep = 3 * span + (waits ? lateness() : 0);
  }

  /** Counts a hit and hands out what became due. */
  void take(Hit hit, Report out) {
    var key = rule.key(hit);
    if (key.isEmpty()) {
      shop.counts().fieldless.increment();
    }
    if (key.isEmpty() || !row.fill(rule, hit)) {
      return;
    }
    if (isOver(hit.at())) {
      late(Keys.pack(key.get()), lane.watermark(), hit);
      return;
    }
    var group = group(key.get(), out);
    if (rule.countsEventsOnce() && wasCounted(hit, group)) {
      return;
    }
    if (!group.isTooLate(hit.at())) {
      group.makeRoom(hit.at(), out);
    }
    if (group.isTooLate(hit.at())) {
      late(group.key, Math.max(group.newest(), hit.at()), hit);
      hold(group);
      return;
    }
    groups.touch(group);
    group.turn = shop.shares().turn();
    group.touched = Math.max(group.touched, Math.max(lane.watermark(), hit.at()));
    group.take(hit, out);
    hold(group);
    reports.taken(group);
    deadlines.watch(group);
  }

  /** Whether another rule found the same event, which is but one; they are found one by one. */
  private boolean wasCounted(Hit hit, Group group) {
    if (hit.sender().isEmpty()) {
      return false; // a crossing
    }
    if (!hit.events().equals(lastEvents)) {
      lastEvents = hit.events();
      lastGroups.clear();
    }
    return !lastGroups.add(group);
  }

  private Group group(List<String> key, Report out) {
    var hash = shop.hash().start();
    key.forEach(hash::part);
    long first = hash.end().first();
    long second = hash.second();
    var known = groups.get(first, second);
    if (known != null) {
      return known;
    }
    expire(lane.watermark(), out);
    if (groups.size() >= shop.config().groupsPerRule()) {
      evict("groups", out);
    }
    var group = Group.of(this, Keys.pack(key), first, second);
    groups.add(group);
    shop.shares().add(this, 1, 0);
    return group;
  }

  /** Counts what a group takes now. */
  private void hold(Group group) {
    long now = group.gone ? 0 : group.longs();
    long more = now - group.held;
    group.held = now;
    longs += more;
    shop.shares().add(this, 0, more);
  }

  /** Counts all that it holds: it was read, or another's of before. */
  void count() {
    shop.shares().add(this, groups.size(), 0);
    longs = 0;
    for (var group = groups.eldest(); group != null; group = group.newer) {
      group.held = 0;
      hold(group);
    }
  }

  /** Whether it has a group that the hit of this turn did not touch. */
  boolean canGiveWay(int turn) {
    var eldest = groups.eldest();
    return eldest != null && eldest.turn != turn;
  }

  /** Lets go of the group longest untouched, since a bound was met. */
  void evict(String bound, Report out) {
    var oldest = groups.eldest();
    if (oldest != null) {
      shop.counts().evicted.increment();
      bounded(bound);
      remove(oldest, out);
    }
  }

  /** Whether the window that a hit would open was over before it came. */
  private boolean isOver(long at) {
    return waits && lane.isLive() && at + span + lateness() <= lane.watermark();
  }

  private void late(byte[] group, long newest, Hit hit) {
    shop.counts().late.increment();
    shop.late().late(LateHit.of(hit, correlation(), lane.key(), group, newest));
  }

  /** Lets those speak whose time has come. */
  void timeUp(long watermark, Report out) {
    deadlines.due(
        watermark,
        group -> {
          group.timeUp(out);
          hold(group);
        });
  }

  /** Lets those speak whose windows ended before a time after which nothing comes any more. */
  void end(long latest, Report out) {
    timeUp(latest + lateness(), out);
  }

  /**
   * Lets go of groups that no hit touched while event time went on by three spans: so a hit up to
   * two spans behind its lane still finds all it can share a window with. In an import, whose hosts
   * may come one after the other, windows that must be over are kept to its end.
   */
  void expire(long watermark, Report out) {
    if (waits && !lane.isLive()) {
      return;
    }
    for (var eldest = groups.eldest();
        eldest != null && watermark - eldest.touched > keep;
        eldest = groups.eldest()) {
      remove(eldest, out);
    }
  }

  /** Time went back: so does that of groups touched since. */
  void back(long watermark) {
    for (var group = groups.eldest(); group != null; group = group.newer) {
      group.touched = Math.min(group.touched, watermark);
    }
  }

  /** Lets go of all. */
  void clear(Report out) {
    for (var eldest = groups.eldest(); eldest != null; eldest = groups.eldest()) {
      remove(eldest, out);
    }
  }

  private void remove(Group group, Report out) {
    groups.remove(group);
    deadlines.forget(group);
    group.gone = true;
    hold(group);
    shop.shares().add(this, -1, 0);
    reports.close(group, out);
  }

  /** Hands out what is owed, where its pace has gone by. */
  void settle(long watermark, Report out) {
    reports.settle(watermark, out);
  }

  /** Whether some may owe what nobody was told. */
  boolean isUntold() {
    return reports.isUntold();
  }

  /** Tells how those stand that owe something nobody was told. */
  void tell(Report out) {
    reports.tell(out);
  }

  /** The first time that a group waits for, or later than any. */
  long nextDeadline() {
    return deadlines.first();
  }

  void bounded(String bound) {
    shop.counts().bounded(correlation(), lane.key(), bound);
  }

  /**
   * When a hit was seen, by a clock that tells how long a group was watched: a sender's that goes
   * far behind does not. An import has no other clocks than its senders'.
   */
  long seenAt(Hit hit) {
    return lane.isLive() ? Math.max(hit.at(), hit.receivedAt() - lateness()) : hit.at();
  }

  /** Goes on for a correlation that means the same. */
  void use(CompiledCorrelation same) {
    rule = same;
  }

  void moveTo(Lane other) {
    lane = other;
  }

  CompiledCorrelation rule() {
    return rule;
  }

  SigmaCorrelation correlation() {
    return rule.correlation();
  }

  Lane lane() {
    return lane;
  }

  /** The row of the hit that is being taken. */
  long[] row() {
    return row.longs();
  }

  /** What small groups share to reckon with. */
  Tally tally() {
    return tally;
  }

  long span() {
    return span;
  }

  long pace() {
    return shop.config().pace().toNanos() / 1_000;
  }

  long lateness() {
    return shop.config().lateness().toNanos() / 1_000;
  }

  long learn() {
    return correlation().learn().toNanos() / 1_000;
  }

  int hits() {
    return shop.config().hits();
  }

  int values() {
    return shop.config().values();
  }

  int size() {
    return groups.size();
  }

  /** Longs that its groups take. */
  long longs() {
    return longs;
  }

  void write(DataOutput out) throws IOException {
    groups.write(out);
  }

  void read(DataInput in) throws IOException {
    groups.read(
        in,
        this,
        group -> {
          deadlines.watch(group);
          reports.restored(group);
        });
  }
}
