/**
 * Events taken out as a file of any size.
 *
 * <p>In: a query and what of its events is wanted. Out: CSV (RFC 4180) or JSON lines, written as
 * the events are found, on the request's thread; nothing is held but some thousand places in the
 * index. What is cut says so. Each is a deed when it begins and when it ends.
 */
@NullMarked
package mo.farol.export;

import org.jspecify.annotations.NullMarked;
