/**
 * What others have warned of, looked for in every event.
 *
 * <p>In: files of indicators (STIX 2.1 bundles, MISP JSON, CSV, plain lists, CISA KEV), TAXII 2.1
 * collections, warning lists, and {@link mo.farol.event.EventBatch}. Out: {@link
 * mo.farol.indicator.IndicatorHit} to an {@link mo.farol.indicator.IndicatorHits}, and reports of
 * what was read, muted, passed over and refused. Sets are built on the caller's thread, in a centre
 * on a virtual one of the {@link mo.farol.indicator.Watchlist}, and swapped whole; an {@link
 * mo.farol.indicator.IndicatorMatcher} belongs to the thread that follows the journal. Follows STIX
 * 2.1 (patterns: section 9), TAXII 2.1, TLP 2.0, the MISP core format, RFC 6890, RFC 3986 section
 * 6.2 and RFC 5890.
 */
@NullMarked
package mo.farol.indicator;

import org.jspecify.annotations.NullMarked;
