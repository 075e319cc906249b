"""What the workflows of the code host do beyond a command: read what strangers wrote, and answer."""
