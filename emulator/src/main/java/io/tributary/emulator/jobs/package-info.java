/** Query jobs: their ids, states, results and the threads that run them. */
package io.tributary.emulator.jobs;
