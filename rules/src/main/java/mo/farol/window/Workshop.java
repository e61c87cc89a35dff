package mo.farol.window;

/**
 * What all tables work with.
 *
 * @param hash keyed; one thread at a time
 */
record Workshop(WindowConfig config, Counts counts, SipHash hash, LateHit.Sink late) {}
