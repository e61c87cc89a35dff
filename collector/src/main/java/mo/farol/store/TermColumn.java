package mo.farol.store;

import java.io.IOException;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import org.apache.lucene.index.LeafReader;

/** Values of a field that is no facet, turned round from its terms: each value is coded once. */
final class TermColumn extends Column {
  private static final int CHECK = (1 << 10) - 1;
  private static final int BYTES_A_SLOT = 80;
  private static final long[] NONE = {};

  private final FieldTerms terms;
  private final Coder coder;
  private final Budget budget;
  private long[] first = NONE;
  // Second and later values, and the slots of which some are in neither.
  private final Map<Integer, long[]> more = new HashMap<>();
  private final BitSet cut = new BitSet();
  private long taken;

  TermColumn(String field, LeafReader reader, Coder coder, Budget budget) {
    terms = new FieldTerms(field, reader);
    this.coder = coder;
    this.budget = budget;
  }

  @Override
  void open(Slots slots, Deadline deadline) throws IOException {
    close();
    first = new long[slots.count()];
    Arrays.fill(first, Coder.NONE);
    terms.rewind();
    for (int seen = 1; terms.next(); seen++) {
      if ((seen & CHECK) == 0 && deadline.isOver()) {
        return;
      }
      turn(slots);
    }
  }

  @Override
  void close() {
    first = NONE;
    more.clear();
    cut.clear();
    budget.give(taken);
    taken = 0;
  }

  @Override
  boolean isTurned() {
    return true;
  }

  @Override
  void read(int doc, int slot) {
    put(first[slot]);
    if (!more.isEmpty()) {
      for (long code : more.getOrDefault(slot, NONE)) {
        put(code);
      }
    }
    if (cut.get(slot)) {
      shorten();
    }
  }

  private void turn(Slots slots) throws IOException {
    var docs = terms.events();
    long code = 0;
    boolean coded = false;
    for (int doc = docs.advance(slots.first()); doc < slots.end(); doc = docs.nextDoc()) {
      if (slots.has(doc)) {
        code = coded ? code : coder.code(terms.value());
        coded = true;
        keep(slots.of(doc), code);
      }
    }
  }

  private void keep(int slot, long code) {
    if (code == Coder.NONE) {
      return;
    }
    if (first[slot] == Coder.NONE) {
      first[slot] = code;
      return;
    }
    long[] known = more.getOrDefault(slot, NONE);
    long bytes = known.length == 0 ? BYTES_A_SLOT : Long.BYTES;
    if (known.length + 1 >= MOST || !budget.take(bytes)) {
      cut.set(slot);
      return;
    }
    taken += bytes;
    long[] longer = Arrays.copyOf(known, known.length + 1);
    longer[known.length] = code;
    more.put(slot, longer);
  }
}
