"""The questions people ask of a collaboration, each one call that gives a `Table`.

Analysis sees network, register, model and values; it judges nothing, since that is what rules do, and it draws nothing.
Every answer says on which records it rests, what it takes for granted, and what the documents do not let it tell.
"""
