package mo.farol.store;

import java.io.IOException;
import org.apache.lucene.index.NumericDocValues;

/**
 * Which documents of a segment lie in a range of time; to be asked in their order.
 *
 * @param fromMicros first instant, inclusive
 * @param toMicros last, exclusive
 */
record InTime(NumericDocValues times, long fromMicros, long toMicros) {
  boolean has(int doc) throws IOException {
    times.advanceExact(doc);
    long micros = times.longValue();
    return micros >= fromMicros && micros < toMicros;
  }
}
