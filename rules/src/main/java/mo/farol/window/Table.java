package mo.farol.window;

import java.io.ByteArrayOutputStream;
import java.io.DataInput;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import mo.farol.event.EventId;
import mo.farol.event.Micros;
import mo.farol.sigma.Figures;
import mo.farol.sigma.SigmaCorrelation;

/** The groups of one correlation for one agency and lane. */
final class Table {
  private CompiledCorrelation rule;
  private final Workshop shop;
  private final long span;
  private final long keep;
  private final boolean waits; // for windows to be over
  private final Tally tally;
  private final long[] row = new long[Ring.VALUE + 2];
  private final Groups groups = new Groups();
  private final Deadlines deadlines = new Deadlines();
  private final Set<Group> owing = new LinkedHashSet<>();
  private final Set<Group> untold = new LinkedHashSet<>();
  private Lane lane;
  private long longs;

  Table(CompiledCorrelation rule, Lane lane, Workshop shop) {
    this.rule = rule;
    this.lane = lane;
    this.shop = shop;
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
    if (key.isEmpty() || !fill(hit)) {
      return;
    }
    if (isOver(hit.at())) {
      late(Keys.pack(key.get()), lane.watermark(), hit);
      return;
    }
    var group = group(key.get(), out);
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
    if (group.owes()) {
      owing.add(group);
      untold.add(group);
    } else {
      owing.remove(group);
    }
    deadlines.watch(group);
  }

  /** Makes the row of a hit; says whether it has what is to be counted. */
  private boolean fill(Hit hit) {
    var correlation = rule.correlation();
    row[Ring.AT] = hit.at();
    row[Ring.EVENT] = hit.event();
    Shown.write(hit, shop.hash(), row, Ring.SHOWN);
    if (correlation.fields().isEmpty()) {
      row[Ring.VALUE] = rule.step(hit);
      return true;
    }
    var values = rule.fields(hit);
    if (values.isEmpty()) {
      shop.counts().fieldless.increment();
      return false;
    }
    return correlation.isNumeric() ? number(values.get().getFirst()) : hash(values.get());
  }

  private boolean number(String text) {
    double number = Figures.read(text);
    row[Ring.VALUE] = Double.doubleToLongBits(number);
    if (Double.isNaN(number)) {
      shop.counts().numberless.increment();
    }
    return !Double.isNaN(number);
  }

  private boolean hash(List<String> values) {
    var hash = shop.hash().start();
    values.forEach(hash::part);
    row[Ring.VALUE] = hash.end().first();
    row[Ring.VALUE + 1] = hash.second();
    return true;
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
    var key = lane.key();
    shop.late()
        .late(
            new LateHit(
                correlation().ref(),
                key.agency(),
                key.lane(),
                key.exercise(),
                Keys.named(correlation().groupBy(), group),
                new EventId(hit.event()),
                Micros.toInstant(hit.at()),
                Micros.toInstant(newest)));
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
    untold.remove(group);
    if (owing.remove(group) && group.owes()) {
      group.settle(out);
    }
  }

  /** Hands out what is owed, where its pace has gone by. */
  void settle(long watermark, Report out) {
    for (Group group : List.copyOf(owing)) {
      if (group.isDue(watermark)) {
        group.settle(out);
      }
      if (!group.owes()) {
        owing.remove(group);
      }
    }
  }

  /** Whether some may owe what nobody was told. */
  boolean isUntold() {
    return !untold.isEmpty();
  }

  /** Tells how those stand that owe something nobody was told. */
  void tell(Report out) {
    untold.forEach(group -> group.tell(out));
    untold.clear();
  }

  /** The first time that a group waits for, or later than any. */
  long nextDeadline() {
    return deadlines.first();
  }

  void bounded(String bound) {
    shop.counts().bounded(correlation(), lane.key(), bound);
  }

  /** Values of the counted fields of a hit, by name. */
  Map<String, String> named(Hit hit) {
    var values = rule.fields(hit).orElse(List.of());
    var named = new LinkedHashMap<String, String>();
    for (int i = 0; i < values.size(); i++) {
      named.put(correlation().fields().get(i), values.get(i));
    }
    return named;
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
    return row;
  }

  SipHash hash() {
    return shop.hash();
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

  /** Longs that a value takes in a row. */
  int valueLongs() {
    return Tally.longs(correlation());
  }

  /** Whether values are numbers that can be added up when hits are merged. */
  boolean adds() {
    return switch (correlation().type()) {
      case VALUE_SUM, VALUE_AVG -> true;
      case EVENT_COUNT, VALUE_COUNT, VALUE_MEDIAN, VALUE_PERCENTILE -> false;
      case TEMPORAL, TEMPORAL_ORDERED -> false;
      case FAROL_FIRST_SEEN, FAROL_RARE, FAROL_ABSENCE -> false;
    };
  }

  /** Whether what stands between two hits of one value tells them apart. */
  boolean isOrdered() {
    return correlation().type() == SigmaCorrelation.Type.TEMPORAL_ORDERED;
  }

  int size() {
    return groups.size();
  }

  /** Longs that its groups take. */
  long longs() {
    return longs;
  }

  void write(DataOutput out) throws IOException {
    var bytes = new ByteArrayOutputStream();
    var body = new DataOutputStream(bytes);
    out.writeInt(groups.size());
    for (var group = groups.eldest(); group != null; group = group.newer) {
      bytes.reset();
      Texts.write(group.key, body);
      body.writeLong(group.hash);
      body.writeLong(group.hash2);
      body.writeLong(group.touched);
      group.write(body);
      body.flush();
      Texts.write(bytes.toByteArray(), out);
    }
  }

  void read(DataInput in) throws IOException {
    for (int left = in.readInt(); left > 0; left--) {
      in.readInt();
      var group = Group.of(this, Texts.bytes(in), in.readLong(), in.readLong());
      group.touched = in.readLong();
      group.read(in);
      groups.add(group);
      deadlines.watch(group);
      if (group.owes()) {
        owing.add(group);
      }
    }
  }

  /** Passes over a table in a file. */
  static void skip(DataInputStream in) throws IOException {
    for (int left = in.readInt(); left > 0; left--) {
      in.skipNBytes(in.readInt());
    }
  }
}
