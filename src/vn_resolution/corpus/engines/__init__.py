"""What runs the kernel over many documents: worker processes of one machine (`local`)."""
