package mo.farol.store;

import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.apache.lucene.index.LeafReader;

/** Values of a field that is no facet, turned round from its terms: each value is coded once. */
final class TermColumn extends Column {
  private static final int CHECK = (1 << 10) - 1;

  private final FieldTerms terms;
  private final Coder coder;
  private long[] first = {};
  private final Map<Integer, long[]> more = new HashMap<>();

  TermColumn(String field, LeafReader reader, Coder coder) {
    terms = new FieldTerms(field, reader);
    this.coder = coder;
  }

  @Override
  void open(Slots slots, Deadline deadline) throws IOException {
    first = new long[slots.count()];
    Arrays.fill(first, Coder.NONE);
    more.clear();
    terms.rewind();
    for (int seen = 1; terms.next(); seen++) {
      if ((seen & CHECK) == 0 && deadline.isOver()) {
        return;
      }
      turn(slots);
    }
  }

  @Override
  void read(int doc, int slot) {
    put(first[slot]);
    if (!more.isEmpty()) {
      for (long code : more.getOrDefault(slot, new long[0])) {
        put(code);
      }
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
    if (first[slot] == Coder.NONE) {
      first[slot] = code;
    } else if (code != Coder.NONE) {
      more.merge(
          slot,
          new long[] {code},
          (known, added) -> {
            long[] both = Arrays.copyOf(known, known.length + 1);
            both[known.length] = added[0];
            return both;
          });
    }
  }
}
