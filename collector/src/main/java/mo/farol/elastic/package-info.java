/**
 * What shippers for Elasticsearch speak: the bulk API and the calls they make before it.
 *
 * <p>In: {@code POST /_bulk} and its kin, unpacked bytes. Out: a frame for each action with its
 * document, both lines as sent; an answer for each in order, once all are on disk. Never an answer
 * by which a shipper drops data: what can't be read is kept raw and answered as created. Runs on
 * the connection's event loop; no state between requests. Follows the Elasticsearch 8 API as Beats,
 * Logstash, Fluent Bit, Vector, rsyslog and the official clients use it.
 */
@NullMarked
package mo.farol.elastic;

import org.jspecify.annotations.NullMarked;
