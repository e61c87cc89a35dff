/** Tests of the room. */
@NullMarked
package mo.farol.playbook;

import org.jspecify.annotations.NullMarked;
