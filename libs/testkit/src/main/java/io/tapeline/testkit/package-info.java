/** What the tests of every module share; never on a production class path. */
@NullMarked
package io.tapeline.testkit;

import org.jspecify.annotations.NullMarked;
