"""What is fast, against what, in one run. Started by `jiahe bench`."""
