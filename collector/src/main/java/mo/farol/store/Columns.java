package mo.farol.store;

import java.io.IOException;
import java.util.Arrays;
import java.util.function.LongUnaryOperator;
import mo.farol.event.Severity;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.index.SortedSetDocValues;
import org.apache.lucene.util.BytesRef;

/** Makes the columns of a segment. */
final class Columns {
  private static final long UNSEEN = Long.MAX_VALUE;

  /** Codes of a segment's values may be kept in this part of what is left of a budget. */
  private static final int PART = 8;

  private Columns() {}

  /** Values of a field: by doc values where it is a facet, by its terms where it isn't. */
  static Column of(String field, LeafReader reader, Coder coder, Budget budget) throws IOException {
    if (field.equals(Layout.GRADE)) {
      return new Grade(DocValues.getNumeric(reader, Layout.SEVERITY), coder);
    }
    var facet = reader.getSortedSetDocValues(Layout.FACET + field);
    return facet == null
        ? new TermColumn(field, reader, coder, budget)
        : new Facet(facet, coder, budget);
  }

  /** The event's time, made a code. */
  static Column time(LeafReader reader, LongUnaryOperator code) throws IOException {
    return new Time(DocValues.getNumeric(reader, Layout.TIME), code);
  }

  private static final class Time extends Column {
    private final NumericDocValues times;
    private final LongUnaryOperator code;

    Time(NumericDocValues times, LongUnaryOperator code) {
      this.times = times;
      this.code = code;
    }

    @Override
    void read(int doc, int slot) throws IOException {
      times.advanceExact(doc);
      put(code.applyAsLong(times.longValue()));
    }
  }

  private static final class Facet extends Column {
    private final SortedSetDocValues values;
    private final Coder coder;
    private final Budget budget;
    // None where there are too many values: then each is coded whenever it is met.
    private long[] codes = {};

    Facet(SortedSetDocValues values, Coder coder, Budget budget) {
      this.values = values;
      this.coder = coder;
      this.budget = budget;
      long bytes = values.getValueCount() * Long.BYTES;
      if (bytes <= budget.left() / PART && budget.take(bytes)) {
        codes = new long[Math.toIntExact(values.getValueCount())];
        Arrays.fill(codes, UNSEEN);
      }
    }

    @Override
    void close() {
      budget.give((long) codes.length * Long.BYTES);
      codes = new long[0];
    }

    @Override
    void read(int doc, int slot) throws IOException {
      if (!values.advanceExact(doc)) {
        return;
      }
      for (int k = values.docValueCount(); k > 0; k--) {
        put(code(values.nextOrd()));
      }
    }

    private long code(long value) throws IOException {
      if (codes.length == 0) {
        return coder.code(values.lookupOrd(value));
      }
      if (codes[(int) value] == UNSEEN) {
        codes[(int) value] = coder.code(values.lookupOrd(value));
      }
      return codes[(int) value];
    }
  }

  private static final class Grade extends Column {
    private final NumericDocValues severities;
    private final Coder coder;

    Grade(NumericDocValues severities, Coder coder) {
      this.severities = severities;
      this.coder = coder;
    }

    @Override
    void read(int doc, int slot) throws IOException {
      severities.advanceExact(doc);
      var severity = Severity.ofCode((int) severities.longValue());
      put(coder.code(new BytesRef(severity.word())));
    }
  }
}
