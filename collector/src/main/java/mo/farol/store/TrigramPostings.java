package mo.farol.store;

import java.io.IOException;
import java.util.Iterator;
import org.apache.lucene.codecs.Codec;
import org.apache.lucene.codecs.FieldsConsumer;
import org.apache.lucene.codecs.FieldsProducer;
import org.apache.lucene.codecs.NormsProducer;
import org.apache.lucene.codecs.PostingsFormat;
import org.apache.lucene.codecs.lucene104.Lucene104Codec;
import org.apache.lucene.codecs.lucene104.Lucene104PostingsFormat;
import org.apache.lucene.index.Fields;
import org.apache.lucene.index.FilterLeafReader;
import org.apache.lucene.index.SegmentReadState;
import org.apache.lucene.index.SegmentWriteState;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.IOUtils;
import org.apache.lucene.util.automaton.CompiledAutomaton;
import org.jspecify.annotations.Nullable;

/**
 * Lucene's own postings, and beside them a file of trigrams that says where in the order of terms a
 * pattern may find some; public for Lucene to find it by its name. Written while the terms pass to
 * Lucene's own writer, when memory is written out and when segments are merged.
 */
public final class TrigramPostings extends PostingsFormat {
  private final PostingsFormat own = new Lucene104PostingsFormat();

  /** For Lucene. */
  public TrigramPostings() {
    super("FarolTrigrams");
  }

  /** Lucene's codec, with these postings for the fields that patterns go through. */
  static Codec codec() {
    var guided = new TrigramPostings();
    return new Lucene104Codec() {
      @Override
      public PostingsFormat getPostingsFormatForField(String field) {
        return switch (field) {
          case Layout.TERMS, Layout.MESSAGE -> guided;
          default -> super.getPostingsFormatForField(field);
        };
      }
    };
  }

  /** Terms that may have guides. */
  interface Guided {
    /** The guide to the terms that begin so; null where there is none. */
    @Nullable TrigramGuide guide(BytesRef prefix);
  }

  /** The guide to the terms that begin so; null where there is none, as in segments of before. */
  static @Nullable TrigramGuide guide(Terms terms, BytesRef prefix) {
    return terms instanceof Guided guided ? guided.guide(prefix) : null;
  }

  @Override
  public FieldsConsumer fieldsConsumer(SegmentWriteState state) throws IOException {
    var guides = new TrigramWriter(state);
    try {
      return new Consumer(own.fieldsConsumer(state), guides);
    } catch (IOException | RuntimeException | Error e) {
      IOUtils.closeWhileHandlingException(guides);
      throw e;
    }
  }

  @Override
  public FieldsProducer fieldsProducer(SegmentReadState state) throws IOException {
    var guides = new TrigramReader(state);
    try {
      return new Producer(own.fieldsProducer(state), guides);
    } catch (IOException | RuntimeException | Error e) {
      IOUtils.closeWhileHandlingException(guides);
      throw e;
    }
  }

  private static final class Consumer extends FieldsConsumer {
    private final FieldsConsumer in;
    private final TrigramWriter guides;

    Consumer(FieldsConsumer in, TrigramWriter guides) {
      this.in = in;
      this.guides = guides;
    }

    @Override
    public void write(Fields fields, NormsProducer norms) throws IOException {
      in.write(new Passing(fields, guides), norms);
      guides.finish();
    }

    @Override
    public void close() throws IOException {
      IOUtils.close(in, guides);
    }
  }

  private static final class Passing extends FilterLeafReader.FilterFields {
    private final TrigramWriter guides;

    Passing(Fields in, TrigramWriter guides) {
      super(in);
      this.guides = guides;
    }

    @Override
    public @Nullable Terms terms(String field) throws IOException {
      var terms = in.terms(field);
      return terms == null ? null : new PassingTerms(terms, field, guides);
    }
  }

  private static final class PassingTerms extends FilterLeafReader.FilterTerms {
    private final String field;
    private final TrigramWriter guides;

    PassingTerms(Terms in, String field, TrigramWriter guides) {
      super(in);
      this.field = field;
      this.guides = guides;
    }

    @Override
    public TermsEnum iterator() throws IOException {
      guides.begin(field);
      return new FilterLeafReader.FilterTermsEnum(in.iterator()) {
        @Override
        public @Nullable BytesRef next() throws IOException {
          var term = in.next();
          if (term != null) {
            guides.add(term);
          }
          return term;
        }
      };
    }
  }

  private static final class Producer extends FieldsProducer {
    private final FieldsProducer in;
    private final TrigramReader guides;

    Producer(FieldsProducer in, TrigramReader guides) {
      this.in = in;
      this.guides = guides;
    }

    @Override
    public Iterator<String> iterator() {
      return in.iterator();
    }

    @Override
    public int size() {
      return in.size();
    }

    @Override
    public @Nullable Terms terms(String field) throws IOException {
      var terms = in.terms(field);
      return terms == null ? null : new GuidedTerms(terms, field, guides);
    }

    @Override
    public FieldsProducer getMergeInstance() {
      return in.getMergeInstance();
    }

    @Override
    public void checkIntegrity() throws IOException {
      in.checkIntegrity();
      guides.checkIntegrity();
    }

    @Override
    public void close() throws IOException {
      IOUtils.close(in, guides);
    }
  }

  private static final class GuidedTerms extends FilterLeafReader.FilterTerms implements Guided {
    private final String field;
    private final TrigramReader guides;

    GuidedTerms(Terms in, String field, TrigramReader guides) {
      super(in);
      this.field = field;
      this.guides = guides;
    }

    @Override
    public @Nullable TrigramGuide guide(BytesRef prefix) {
      return guides.guide(field, prefix);
    }

    @Override
    public TermsEnum intersect(CompiledAutomaton pattern, @Nullable BytesRef after)
        throws IOException {
      return in.intersect(pattern, after);
    }

    @Override
    public @Nullable BytesRef getMin() throws IOException {
      return in.getMin();
    }

    @Override
    public @Nullable BytesRef getMax() throws IOException {
      return in.getMax();
    }
  }
}
