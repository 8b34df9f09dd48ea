/** What is installed: charts, images, and the clusters that they are tried on. */
package dev.gatehouse.deploy;
