package mo.farol.store;

import static mo.farol.store.Layout.LONGEST_FACET;
import static mo.farol.store.Layout.LONGEST_VALUE;

import io.micrometer.core.instrument.Counter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import mo.farol.event.EventBatch;
import mo.farol.event.Fields;
import mo.farol.event.Origin;
import mo.farol.event.Severity;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.FieldType;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.document.SortedSetDocValuesField;
import org.apache.lucene.index.IndexOptions;
import org.apache.lucene.index.IndexableField;
import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;

/**
 * One Lucene document, filled anew for every event: the same field objects, the same buffers.
 * Belongs to the writer's thread.
 */
final class EventDocument implements Iterable<IndexableField> {
  private static final FieldType WHOLE = type(IndexOptions.DOCS);
  private static final FieldType WORDS = type(IndexOptions.DOCS_AND_FREQS_AND_POSITIONS);
  private static final byte[] REJECTED = Layout.prefix(Layout.OWN, Layout.REJECTED);
  private static final BytesRef[] GRADES =
      Arrays.stream(Severity.values()).map(Layout::grade).toArray(BytesRef[]::new);

  /** What is done with the values of one field. */
  private static final class Plan {
    final byte[] value;
    final byte[] word;
    final byte @Nullable [] address;
    final @Nullable String facet;

    Plan(String name, boolean isFacet) {
      value = Layout.prefix(Layout.VALUE, name);
      word = Layout.prefix(Layout.WORD, name);
      address = Layout.isAddress(name) ? Layout.prefix(Layout.ADDRESS, name) : null;
      facet = isFacet ? Layout.FACET + name : null;
    }
  }

  private @Nullable Plan[] plans = new @Nullable Plan[1024];
  private final TermBuffer terms = new TermBuffer();
  private final WordStream text = new WordStream();
  private final Words words = new Words();
  private final Counter overflow;
  private final Shapes shapes;
  private final byte[] address = new byte[Addresses.LENGTH];
  private final byte[] folded = new byte[LONGEST_FACET + 4];
  private List<BytesRef> originTerms = List.of();
  private BytesRef agency = new BytesRef();

  private final NumericDocValuesField time = NumericDocValuesField.indexedField(Layout.TIME, 0);
  private final NumericDocValuesField sequence = new NumericDocValuesField(Layout.SEQUENCE, 0);
  private final NumericDocValuesField position = new NumericDocValuesField(Layout.POSITION, 0);
  private final NumericDocValuesField severity = new NumericDocValuesField(Layout.SEVERITY, 0);
  private final Field message = new Field(Layout.MESSAGE, text, WORDS);
  private final Field whole = new Field(Layout.TERMS, new TermStream(terms), WHOLE);
  private final ArrayList<IndexableField> fields = new ArrayList<>();

  EventDocument(Meters meters) {
    overflow = meters.overflow();
    shapes = new Shapes(meters.motley());
  }

  @Override
  public Iterator<IndexableField> iterator() {
    return fields.iterator();
  }

  /** Starts on a batch. */
  void open(EventBatch batch) {
    text.open(batch);
    origin(batch.origin());
  }

  /** Becomes event {@code i} of the batch opened last. */
  EventDocument fill(EventBatch batch, int i) {
    terms.clear();
    text.clear();
    fields.clear();
    originTerms.forEach(terms::add);
    terms.add(GRADES[batch.severity(i)]);
    var why = batch.rejection(i);
    if (why != null) {
      byte[] reason = why.getBytes(StandardCharsets.UTF_8);
      terms.addFolded(REJECTED, reason, 0, reason.length, LONGEST_VALUE);
    }
    shapes.add(batch, i, terms);
    numbers(batch, i);
    values(batch, i);
    fields.add(whole);
    fields.add(message);
    return this;
  }

  private void numbers(EventBatch batch, int i) {
    time.setLongValue(batch.occurredAtMicros(i));
    sequence.setLongValue(batch.sequence(i));
    position.setLongValue(batch.position());
    severity.setLongValue(batch.severity(i));
    fields.add(time);
    fields.add(sequence);
    fields.add(position);
    fields.add(severity);
    fields.add(new SortedSetDocValuesField(Layout.FACET + Layout.AGENCY, agency));
  }

  private void values(EventBatch batch, int i) {
    boolean hasHost = false;
    for (int k = batch.from(i); k < batch.to(i); k++) {
      int field = batch.field(k);
      if (field == Fields.MESSAGE) {
        text.add(k);
        continue;
      }
      hasHost |= field == Fields.HOST_NAME;
      if (field == Fields.OVERFLOW) {
        overflow.increment();
      }
      value(plan(field), batch.bytes(k), batch.start(k), batch.length(k));
    }
    if (!hasHost) {
      byte[] peer = batch.origin().peer().getBytes(StandardCharsets.UTF_8);
      value(plan(Fields.HOST_NAME), peer, 0, peer.length);
    }
    if (text.isEmpty()) {
      // Free text must find an event that has no message: then all its values are its text.
      for (int k = batch.from(i); k < batch.to(i); k++) {
        text.add(k);
      }
    }
  }

  private void value(Plan plan, byte[] bytes, int start, int length) {
    if (length == 0) {
      return;
    }
    terms.addFolded(plan.value, bytes, start, length, LONGEST_VALUE);
    if (length > LONGEST_VALUE) {
      words.reset(bytes, start, start + length);
      while (words.next()) {
        terms.add(plan.word, words.term().bytes, 0, words.term().length);
      }
    }
    if (plan.address != null && Addresses.read(bytes, start, start + length, address, 0)) {
      terms.add(plan.address, address, 0, Addresses.LENGTH);
    }
    if (plan.facet != null) {
      int end = TermBuffer.fold(bytes, start, start + length, folded, 0, LONGEST_FACET);
      fields.add(new SortedSetDocValuesField(plan.facet, new BytesRef(Arrays.copyOf(folded, end))));
    }
  }

  private void origin(Origin from) {
    agency = new BytesRef(from.agency());
    var own = new ArrayList<BytesRef>();
    own.add(Layout.own(Layout.AGENCY, from.agency()));
    own.add(Layout.own(Layout.INPUT, from.input()));
    if (!from.isLive()) {
      own.add(Layout.own(Layout.LANE, from.lane()));
    }
    if (from.exercise()) {
      own.add(Layout.own(Layout.EXERCISE, "true"));
    }
    originTerms = own;
  }

  private Plan plan(int field) {
    if (field >= plans.length) {
      plans = Arrays.copyOf(plans, Math.max(field + 1, plans.length * 2));
    }
    var known = plans[field];
    if (known != null) {
      return known;
    }
    var name = Fields.name(field);
    var made = new Plan(name, Layout.FACETS.contains(name));
    plans[field] = made;
    return made;
  }

  private static FieldType type(IndexOptions options) {
    var type = new FieldType();
    type.setTokenized(true);
    type.setOmitNorms(true);
    type.setIndexOptions(options);
    type.freeze();
    return type;
  }
}
