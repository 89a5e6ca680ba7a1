"""What a clerk does with a draft: typed words become units and dates, items are split, joined, added, all is undone.

Knows no page: web/ shows what stands here.
"""
