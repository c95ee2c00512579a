"""Where places lay on the ancient Earth: plates, their rotations, and the models that ship with Bonebed."""
