package mo.farol.store;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import mo.farol.event.EventBatch;
import mo.farol.event.Fields;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.FieldType;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.document.SortedDocValuesField;
import org.apache.lucene.index.IndexOptions;
import org.apache.lucene.util.BytesRef;

/** Makes one document of one event, out of parts that are used again for the next. One thread. */
final class Documents {
  private static final FieldType WORDS = type(IndexOptions.DOCS_AND_FREQS_AND_POSITIONS);
  private static final FieldType TERMS = type(IndexOptions.DOCS);
  private static final int REJECTED = Fields.id("farol.rejected");
  private static final byte[] AGENCY = utf8(Layout.AGENCY);
  private static final byte[] INPUT = utf8("farol.input");
  private static final byte[] LANE = utf8("farol.lane");
  private static final byte[] REJECTED_NAME = utf8("farol.rejected");
  private static final byte[] LEVEL = utf8("log.level");
  private static final byte[][] LEVELS =
      Arrays.stream(mo.farol.event.Severity.values())
          .map(s -> utf8(s.word()))
          .toArray(byte[][]::new);

  private final Field time = NumericDocValuesField.indexedField(Layout.TIME, 0);
  private final Field sequence = new NumericDocValuesField(Layout.SEQUENCE, 0);
  private final Field position = new NumericDocValuesField(Layout.POSITION, 0);
  private final Field severity = new NumericDocValuesField(Layout.SEVERITY, 0);
  private final MessageStream message = new MessageStream();
  private final TermStream keywords = new TermStream();
  private final TermStream names = new TermStream();
  private final Field text = new Field(Layout.TEXT, message, WORDS);
  private final Field keyword = new Field(Layout.KEYWORD, keywords, TERMS);
  private final Field has = new Field(Layout.HAS, names, TERMS);
  private final List<Counted> counted = new ArrayList<>();
  private int[] countedOf = new int[1024];
  private byte[][] nameOf = new byte[1024][];

  Documents() {
    Arrays.fill(countedOf, -1);
    for (String name : Layout.COUNTED) {
      int id = Fields.id(name);
      grow(id);
      countedOf[id] = counted.size();
      counted.add(new Counted(new SortedDocValuesField(Layout.ordinals(name), new BytesRef())));
    }
  }

  /** The document of event {@code i}; valid until the next call. */
  Document of(EventBatch batch, int i) {
    var document = new Document();
    keywords.clear();
    names.clear();
    numbers(batch, i, document);
    counted.forEach(Counted::reset);
    origin(batch, document);
    for (int k = batch.from(i); k < batch.to(i); k++) {
      pair(batch, k, document);
    }
    var why = batch.rejection(i);
    if (why != null) {
      byte[] reason = utf8(why);
      keywords.add(REJECTED_NAME, reason, 0, reason.length);
      names.add(nameOf(REJECTED));
    }
    document.add(keyword);
    document.add(has);
    return document;
  }

  private void numbers(EventBatch batch, int i, Document document) {
    time.setLongValue(batch.occurredAtMicros(i));
    sequence.setLongValue(batch.sequence(i));
    position.setLongValue(batch.position());
    severity.setLongValue(batch.severity(i));
    document.add(time);
    document.add(sequence);
    document.add(position);
    document.add(severity);
    byte[] level = LEVELS[batch.severity(i)];
    keywords.add(LEVEL, level, 0, level.length);
  }

  private void origin(EventBatch batch, Document document) {
    var origin = batch.origin();
    byte[] agency = utf8(origin.agency());
    keywords.add(AGENCY, agency, 0, agency.length);
    count(Fields.id(Layout.AGENCY), agency, 0, agency.length, document);
    byte[] input = utf8(origin.input());
    keywords.add(INPUT, input, 0, input.length);
    if (!origin.lane().isEmpty()) {
      byte[] lane = utf8(origin.lane());
      keywords.add(LANE, lane, 0, lane.length);
    }
  }

  private void pair(EventBatch batch, int k, Document document) {
    int field = batch.field(k);
    byte[] bytes = batch.bytes(k);
    int start = batch.start(k);
    int length = batch.length(k);
    byte[] name = nameOf(field);
    if (Arrays.equals(name, AGENCY)) {
      return; // an agency named in the text is a claim, kept in the raw frame only
    }
    names.add(name);
    if (field == Fields.MESSAGE) {
      message.over(bytes, start, start + length);
      document.add(text);
      return;
    }
    keywords.add(name, bytes, start, length);
    count(field, bytes, start, length, document);
  }

  // The first value of a field counts: ordinals are single.
  private void count(int field, byte[] bytes, int start, int length, Document document) {
    if (field >= countedOf.length || countedOf[field] < 0) {
      return;
    }
    var ordinal = counted.get(countedOf[field]);
    if (!ordinal.isUsed()) {
      document.add(ordinal.use(bytes, start, Math.min(length, Layout.KEYWORD_BYTES)));
    }
  }

  private byte[] nameOf(int field) {
    grow(field);
    byte[] name = nameOf[field];
    if (name == null) {
      name = utf8(Fields.name(field));
      nameOf[field] = name;
    }
    return name;
  }

  private void grow(int field) {
    if (field >= nameOf.length) {
      int before = nameOf.length;
      nameOf = Arrays.copyOf(nameOf, field * 2);
      countedOf = Arrays.copyOf(countedOf, nameOf.length);
      Arrays.fill(countedOf, before, countedOf.length, -1);
    }
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static FieldType type(IndexOptions options) {
    var type = new FieldType();
    type.setIndexOptions(options);
    type.setTokenized(true);
    type.setOmitNorms(true);
    type.freeze();
    return type;
  }

  /** The ordinal field of a counted name, used once a document. */
  private static final class Counted {
    private final SortedDocValuesField field;
    private final BytesRef value = new BytesRef();
    private boolean used;

    Counted(SortedDocValuesField field) {
      this.field = field;
    }

    void reset() {
      used = false;
    }

    boolean isUsed() {
      return used;
    }

    Field use(byte[] bytes, int start, int length) {
      used = true;
      value.bytes = bytes;
      value.offset = start;
      value.length = length;
      field.setBytesValue(value);
      return field;
    }
  }
}
