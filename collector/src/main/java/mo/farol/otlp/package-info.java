/**
 * Logs over OTLP/HTTP.
 *
 * <p>In: {@code POST /v1/logs}, an export request in protobuf or JSON, unpacked. Out: a frame a log
 * record. A frame is an export request of its own: the bytes of the record, its scope and its
 * resource as sent, within fresh wrappings, so that each stands alone as evidence and any OTLP tool
 * reads it. Runs on the connection's event loop; no state between requests. Follows OTLP 1.x,
 * "OTLP/HTTP" (<a href="https://opentelemetry.io/docs/specs/otlp/">specification</a>).
 */
@NullMarked
package mo.farol.otlp;

import org.jspecify.annotations.NullMarked;
