/**
 * Splunk's HTTP Event Collector.
 *
 * <p>In: {@code POST /services/collector} and its kin, unpacked bytes. Out: a frame an event
 * object, or a line of raw text, as sent; answers with Splunk's codes, once the frames are on disk.
 * Acknowledgement ids of channels are kept in memory, bounded in number and time. Any event loop
 * may call. Follows Splunk's documentation of HEC ("Format events", "Indexer acknowledgment",
 * "Troubleshoot").
 */
@NullMarked
package mo.farol.splunk;

import org.jspecify.annotations.NullMarked;
